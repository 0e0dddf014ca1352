"""The door of needs: `/answer/{token}`, a unit's form without account and script; what it may is told by core/goals/needs/link.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.access.limits import TryLimit
from core.errors import BadInput, CexunError, Conflict, NotFound
from core.goals.needs import link
from core.goals.needs.draft import LONGEST_COMPETENCY, LONGEST_NAME, LONGEST_POST, LONGEST_PROBLEM, LONGEST_TEXT, NeedDraft
from core.goals.needs.service import NeedView
from core.goals.needs.terms import LAYER_NAMES, QUARTER_NAMES, STATE_NAMES, Layer, NeedState
from core.goals.needs.writing import draft_of
from core.i18n import Language, Message
from core.people.terms import LEVEL_NAMES
from core.strategy.ideas.terms import KIND_NAMES, URGENCY_NAMES, ProjectKind, Urgency
from core.web.addresses import address_of
from core.web.bodies import fields
from core.web.desk import Desk
from core.web.links import Links
from core.web.pages import language_of, message_page, template_page

# What one link may send in ten minutes: more than somebody types, less than a program would.
_SENDINGS, _SECONDS = 60, 600.0
_FILED, _KEPT, _TAKEN, _NONE = "filed", "kept", "taken", "none"
_DONE = {
    _FILED: Message("已提交。还可以再报一条，或在截止前修改。"),
    _KEPT: Message("草稿已保存，还没有提交。"),
    _TAKEN: Message("已撤回。"),
    _NONE: Message("已记下：本机构今年没有需求。想起来时，仍可在截止前填报。"),
}


@dataclass(frozen=True)
class _Field:
    name: str
    label: str
    kind: str = "line"
    value: str = ""
    most: int = 0
    rows: int = 3
    required: bool = False
    hint: str = ""
    autocomplete: str = "off"
    choices: Sequence[tuple[str, str]] = field(default=())
    options: Sequence[str] = field(default=())


class NeedsDoor:
    """The handlers of units' links."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._links = Links(desk, link.desk, _gone, Message("这次提交不是从填报页面发出的，已被拒绝。请重新打开链接再填。"))
        self._sendings = TryLimit(_SENDINGS, _SECONDS)

    async def show(self, request: Request) -> Response:
        """The form behind a link; the same page for unknown, revoked and expired ones."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        if found.asked.opened_at is None:
            await self._note(request)
        seen = found.need(_number(request.query_params.get("need", "")) or 0)
        again = {"filer": found.needs[-1].row.filer} if found.needs else {}
        given = _given_of(seen.row.filer, draft_of(seen.row)) if seen else again
        done = _DONE.get(request.query_params.get("done", ""))
        return self._desk.with_language(request, _page(request, found, seen, given, done=done))

    async def enter(self, request: Request) -> Response:
        """File, keep, correct or take back a need, or say that there is none."""
        if answer := self._links.refused(request):
            return answer
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        given: dict[str, str] = {}
        try:
            given = await fields(request)
            if not self._sendings.allows(str(found.asked.id)):
                raise BadInput(Message("这个链接提交得太频繁。请 10 分钟后再试，您写的内容还在下面。"))
            done = await self._act(request, given)
        except NotFound:
            return _gone(request)
        except CexunError as error:
            if isinstance(error, Conflict):
                # What is there now stands above the form; whoever sends it again has seen that.
                found = await self._links.find(request) or found
                given.pop("version", None)
            seen = found.need(_number(given.get("need", "")) or 0)
            return _page(request, found, seen, given, error=error.message, status=422)
        return RedirectResponse(f"{request.url.path}?done={done}", status_code=303, headers={"Cache-Control": "no-store"})

    async def _act(self, request: Request, given: Mapping[str, str]) -> str:
        house, token, address = self._desk.house, request.path_params["token"], address_of(request.client)
        act, filer = given.get("act", ""), given.get("filer", "")
        need_id, version = _number(given.get("need", "")), _number(given.get("version", "")) or 0

        def do() -> str:
            with house.database.writing() as db:
                if act == "none":
                    link.say_none(db, token, filer, address)
                    return _NONE
                if act == "take_back" and need_id:
                    link.take_back(db, token, filer, need_id, version, address)
                    return _TAKEN
                seen = (need_id, version) if need_id else None
                link.file(db, token, filer, _draft(given), seen, address, filing=act != "draft")
                return _KEPT if act == "draft" else _FILED

        return await self._desk.work(do)

    async def _note(self, request: Request) -> None:
        house, token = self._desk.house, request.path_params["token"]

        def note() -> None:
            with house.database.writing() as db:
                link.opened(db, token)

        await self._desk.work(note)


def _page(
    request: Request,
    found: link.Desk,
    seen: NeedView | None,
    given: Mapping[str, str],
    *,
    done: Message | None = None,
    error: Message | None = None,
    status: int = 200,
) -> Response:
    language = language_of(request)
    answered = any(view.state is not NeedState.DRAFT for view in found.needs)
    due = found.call.due_on
    title = Message("{unit}：{year} 年培训需求", unit=found.asked.unit, year=str(found.plan.year))
    subtitle = Message("{title}。请在 {due} 前填报，截止前可以修改。", title=found.call.title, due=due.isoformat())
    note = Message("本机构已说明今年没有需求。").render(language) if found.asked.none_at is not None and not answered else ""
    return template_page(
        request,
        "needs.html",
        status,
        title=title.render(language),
        subtitle=subtitle.render(language),
        note="\n".join(part for part in (found.call.note, note) if part),
        done=done.render(language) if done else "",
        error=error.render(language) if error else "",
        needs=[_listed(request, view, seen, found, language) for view in found.needs],
        heading=(Message("修改这条需求") if seen else Message("报一条需求")).render(language),
        action=request.url.path,
        need=seen.id if seen else "",
        version=given.get("version", seen.row.version or 0) if seen else "",
        fields=_fields(found, given, language),
        may_say_none=not answered and not seen and found.asked.none_at is None,
    )


def _listed(request: Request, view: NeedView, seen: NeedView | None, found: link.Desk, language: Language) -> dict[str, object]:
    row = view.row
    people = Message("{n} 人", n=row.people).render(language) if row.people is not None else ""
    parts = (row.post, people, row.competency, KIND_NAMES[row.kind].render(language), row.filer)
    address = URL(request.url.path).include_query_params(need=view.id)
    return {
        "problem": row.problem,
        "about": " · ".join(part for part in parts if part),
        "state": STATE_NAMES[view.state].render(language),
        "reason": view.reason.render(language) if isinstance(view.reason, Message) else view.reason,
        "address": f"{address}#form" if found.need(view.id) else "",
        "current": seen is not None and view.id == seen.id,
    }


def _fields(found: link.Desk, given: Mapping[str, str], language: Language) -> list[_Field]:
    def choices(names: Mapping[Any, Message], *, unknown: bool) -> list[tuple[str, str]]:
        nothing = [("", Message("不知道").render(language))] if unknown else []
        return nothing + [(str(value), name.render(language)) for value, name in names.items()]

    levels = {level: Message("L{level} {name}", level=level, name=name) for level, name in LEVEL_NAMES.items()}
    made = [
        _Field("filer", Message("您的姓名").render(language), most=LONGEST_NAME, required=True, autocomplete="name"),
        _Field(
            "problem",
            Message("问题（痛点）").render(language),
            "text",
            most=LONGEST_PROBLEM,
            rows=4,
            required=True,
            hint=Message("谁、在什么业务上、出了什么问题，最好带一个数").render(language),
        ),
        _Field(
            "post",
            Message("岗位").render(language),
            most=LONGEST_POST,
            required=True,
            options=found.posts,
            hint=Message("可以从列表里选，也可以自己写，例如：理财经理").render(language),
        ),
        _Field("people", Message("人数").render(language), "number", most=6, hint=Message("不知道就留空").render(language)),
        _Field(
            "behaviour",
            Message("希望的行为").render(language),
            "text",
            most=LONGEST_TEXT,
            hint=Message("回岗后在什么场合、对谁、做什么动作、做到什么程度").render(language),
        ),
        _Field(
            "competency",
            Message("需要的能力").render(language),
            most=LONGEST_COMPETENCY,
            options=found.competencies,
            hint=Message("可以从列表里选，也可以自己写，不知道就留空。").render(language),
        ),
        _Field("layer", Message("岗位层次").render(language), "choice", choices=choices(LAYER_NAMES, unknown=True)),
        _Field("level", Message("现在的水平").render(language), "choice", choices=choices(levels, unknown=True)),
        _Field(
            "kind",
            Message("类型").render(language),
            "choice",
            choices=choices(KIND_NAMES, unknown=False),
            hint=Message("前置储能：为将要用到的能力先练；即时赋能：补上现在就缺的能力。").render(language),
        ),
        _Field("urgency", Message("紧迫度").render(language), "choice", choices=choices(URGENCY_NAMES, unknown=False)),
        _Field("quarter", Message("希望的季度").render(language), "choice", choices=choices(QUARTER_NAMES, unknown=True)),
        _Field(
            "evidence",
            Message("数据或事实").render(language),
            "text",
            most=LONGEST_TEXT,
            hint=Message("哪个报表、哪次检查、多少笔投诉说明了这个问题").render(language),
        ),
    ]
    defaults = {"kind": ProjectKind.PROBLEM_DRIVEN.value, "urgency": Urgency.MEDIUM.value}
    return [_filled(one, given.get(one.name, defaults.get(one.name, ""))) for one in made]


def _filled(one: _Field, value: str) -> _Field:
    return _Field(**{**vars(one), "value": value})


def _given_of(filer: str, draft: NeedDraft) -> dict[str, str]:
    values: dict[str, object] = {**vars(draft), "filer": filer}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _draft(given: Mapping[str, str]) -> NeedDraft:
    """The draft that the fields hold. Raises `BadInput` for a number that is none."""
    people = given.get("people", "").strip()
    if people and _number(people) is None:
        raise BadInput(Message("人数“{text}”不是整数。", text=people[:12]))
    return NeedDraft(
        problem=given.get("problem", ""),
        post=given.get("post", ""),
        people=_number(people),
        behaviour=given.get("behaviour", ""),
        competency=given.get("competency", ""),
        layer=next((one for one in Layer if one.value == given.get("layer")), None),
        level=_number(given.get("level", "")),
        urgency=next((one for one in Urgency if one.value == given.get("urgency")), Urgency.MEDIUM),
        kind=next((one for one in ProjectKind if one.value == given.get("kind")), ProjectKind.PROBLEM_DRIVEN),
        evidence=given.get("evidence", ""),
        quarter=_number(given.get("quarter", "")),
    )


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _gone(request: Request) -> Response:
    text = Message("这个链接不存在、已作废或已过期。如需填报，请联系本行人力资源要一个新的链接。")
    return message_page(request, Message("链接无效"), text, 404)
