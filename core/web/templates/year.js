/* The year on one screen by a shared link: an open page closes by itself when its link is revoked or has expired. */
"use strict";
(() => {
  const address = document.currentScript.dataset.address;
  const ask = async () => {
    try {
      const answer = await fetch(address, { cache: "no-store" });
      if (answer.status === 404) location.reload();
    } catch { /* The network is away for a moment: the next time asks again. */ }
  };
  // Not all at once: a room of people who opened the link together would ask together.
  const later = () => setTimeout(async () => { if (!document.hidden) await ask(); later(); }, 8000 + Math.random() * 4000);
  later();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
})();
