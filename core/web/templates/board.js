/* The guest's page of a workshop board: counts what is left, asks whether the facilitator has led on, and keeps what was written when the
   network is away. Without it the forms work as well. */
"use strict";
(() => {
  const here = document.currentScript.dataset, scene = `${here.address}/scene`;
  let dirty = false;
  document.addEventListener("input", () => { dirty = true; });

  /* Whoever reads far down stays there when the page comes anew, as long as it is the same round. */
  const round = () => document.querySelector("input[name=round]")?.value || "";
  const keepPlace = () => sessionStorage.setItem("place", `${round()} ${scrollY}`);
  const [of, place] = (sessionStorage.getItem("place") || "").split(" ");
  sessionStorage.removeItem("place");
  if (of && of === round() && !document.getElementById("error")) scrollTo(0, Number(place));

  /* What was written, ticked and pointed and not sent yet stays when the page is loaded anew: each form has its own. */
  const draft = form => `draft ${here.address} ${round()} ${form.querySelector("input[name=item]")?.value || ""}`;
  const asked = form => form.querySelectorAll("textarea:enabled, input:enabled:not([type=hidden])");
  for (const form of document.querySelectorAll("form")) {
    const kept = JSON.parse(sessionStorage.getItem(draft(form)));
    if (kept) {
      for (const field of asked(form)) {
        if (/checkbox|radio/.test(field.type)) field.checked = kept[field.name] === field.value;
        else field.value = kept[field.name] ?? field.value;
      }
      dirty = true;
    }
    form.addEventListener("input", () => sessionStorage.setItem(draft(form), JSON.stringify(Object.fromEntries(new FormData(form)))));
  }

  /* Sent only when the server can be reached: a browser's own page about a lost network would take what was written away. */
  const lost = document.getElementById("lost");
  document.addEventListener("submit", async event => {
    const form = event.target, pressed = event.submitter;
    event.preventDefault();
    if (pressed) pressed.disabled = true;
    try {
      await fetch(scene, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    } catch {
      dirty = true;
      document.getElementById("done")?.remove();
      form.after(lost);
      lost.hidden = false;
      if (pressed) pressed.disabled = false;
      return;
    }
    if (pressed && pressed.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
    sessionStorage.removeItem(draft(form));
    if (form.matches(".inline, .card")) keepPlace();
    form.submit();
  });
  addEventListener("pageshow", () => { for (const button of document.querySelectorAll("button:disabled")) button.disabled = false; });

  for (const form of document.querySelectorAll("form[data-limit]")) {
    const limit = Number(form.dataset.limit), fields = [...form.querySelectorAll("input[type=number]")], left = form.querySelector(".left");
    const given = () => fields.reduce((sum, field) => sum + (Number(field.value) || 0), 0);
    const tell = () => {
      const rest = limit - given();
      left.hidden = false;
      left.querySelector("strong").textContent = rest;
      left.classList.toggle("over", rest < 0);
    };
    for (const field of fields) {
      const [less, more] = [field.previousElementSibling, field.nextElementSibling];
      less.hidden = more.hidden = field.disabled;
      const step = by => {
        const next = (Number(field.value) || 0) + by;
        if (next < 0 || (by > 0 && given() + by > limit)) return;
        field.value = next;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      };
      less.addEventListener("click", () => step(-1));
      more.addEventListener("click", () => step(1));
      field.addEventListener("input", tell);
    }
    tell();
  }

  for (const form of document.querySelectorAll("form[data-budget]")) {
    const boxes = [...form.querySelectorAll("input[type=checkbox]")], left = form.querySelector(".left");
    const tell = () => {
      const rest = Number(form.dataset.budget) - boxes.filter(box => box.checked).reduce((sum, box) => sum + Number(box.dataset.cost), 0);
      left.hidden = false;
      left.querySelector("strong").textContent = Math.round(rest).toLocaleString("en");
      left.classList.toggle("over", rest < 0);
    };
    boxes.forEach(box => box.addEventListener("change", tell));
    tell();
  }

  const timer = document.getElementById("timer");
  if (timer) {
    const end = Date.now() + Number(timer.dataset.seconds) * 1000;
    const tick = () => {
      const rest = Math.max(0, Math.round((end - Date.now()) / 1000));
      timer.querySelector("strong").textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    };
    tick();
    setInterval(tick, 500);
  }

  const again = () => {
    if (dirty) document.getElementById("fresh").hidden = false;
    else { keepPlace(); location.replace(here.address); }
  };
  const ask = async () => {
    try {
      const answer = await fetch(scene, { cache: "no-store" });
      if (answer.status === 404) return location.replace(here.address);
      if (answer.ok && (await answer.json()).scene !== here.scene) again();
    } catch { /* The network is away for a moment: what was typed stays, and the next time asks again. */ }
  };
  // Not all at once: a hundred phones that joined together would ask together.
  const later = () => setTimeout(async () => { if (!document.hidden) await ask(); later(); }, 3000 + Math.random() * 2000);
  later();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
})();
