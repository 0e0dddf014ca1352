"""Who decides on a plan, layer after layer: read, and changed by human resources."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.access import repository as accounts
from core.access.actor import RIGHTS, Actor, Right, Role, require
from core.access.audit import record
from core.approvals import repository
from core.approvals.tables import ApprovalChain
from core.approvals.terms import DEFAULT_LAYERS
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.plans import service as plans
from core.storage import Session, now

MOST_LAYERS, LONGEST_NAME = 5, 40


@dataclass(frozen=True)
class Layer:
    """A layer: what it is called, and the accounts of which any one decides for it."""

    name: str | Message
    accounts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chain:
    """The layers of a plan in their order; `version` 0: nobody has said who decides."""

    layers: tuple[Layer, ...]
    version: int = 0

    @property
    def unnamed(self) -> list[Layer]:
        """The layers for which nobody was named."""
        return [one for one in self.layers if not one.accounts]


def chain(db: Session, actor: Actor, plan_id: int) -> Chain:
    """Who decides on a plan. Raises `NotFound`."""
    plans.find(db, actor, plan_id)
    row = repository.chain(db, plan_id)
    if row is None:
        return Chain(tuple(Layer(name) for name in DEFAULT_LAYERS))
    return Chain(of_stored(row.layers), row.version or 0)


def deciders(db: Session, actor: Actor) -> dict[int, str]:
    """The accounts that may be named for a layer, by number. Needs `READ_PLANS`."""
    require(actor, Right.READ_PLANS)
    able = {role.value for role in RIGHTS[Right.DECIDE_PLANS]}
    return {row.id or 0: row.name for row in accounts.accounts(db) if row.enabled and able & set(row.roles)}


def save(db: Session, actor: Actor, plan_id: int, version: int, layers: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Say who decides, from the next submission on; `version` is the one that the person saw, 0 for none.

    Needs `EDIT_PLANS`. Raises `BadInput` for layers that cannot be, `Conflict` with both versions where another changed them since.
    """
    require(actor, Right.EDIT_PLANS)
    plans.find(db, actor, plan_id)
    wanted = tuple(Layer(name.strip(), tuple(dict.fromkeys(some))) for name, some in layers)
    able = deciders(db, actor)
    _check(wanted, able)
    row = repository.chain(db, plan_id)
    if (row.version or 0 if row else 0) != version:
        theirs = in_words(of_stored(row.layers), able) if row else ""
        said = Message("审批层级刚被别人改过，没有保存。现在是：{theirs}；您填的是：{yours}。", theirs=theirs, yours=in_words(wanted, able))
        raise Conflict(said)
    row = row or ApprovalChain(plan_id=plan_id)
    row.layers, row.changed_by, row.changed_at = to_stored(wanted), actor.name[:80], now()
    db.add(row)
    record(db, actor, "approval_layers_changed", "plan", plan_id, layers=str(in_words(wanted, able)))


def in_words(layers: Sequence[Layer], names: Mapping[int, str]) -> Message:
    """The layers in one line: `分管领导（王敏、李强） → 行长（赵刚）`."""
    each = (
        Message("{name}（{note}）", name=one.name, note=Message.listed(names.get(each, "?") for each in one.accounts)) for one in layers
    )
    return Message.listed(each, between=" → ")


def to_stored(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Layers as they are kept."""
    return [{"name": str(one.name), "accounts": list(one.accounts)} for one in layers]


def of_stored(kept: Sequence[Mapping[str, Any]]) -> tuple[Layer, ...]:
    """Layers that were kept; those that still have the names of the default are shown in the reader's language."""
    known = {str(one): one for one in DEFAULT_LAYERS}
    return tuple(Layer(known.get(one["name"], one["name"]), tuple(one["accounts"])) for one in kept)


def may_decide(actor: Actor, layer: Layer) -> bool:
    """Whether the actor is one of those who decide for a layer, and still has the role for it."""
    return actor.account_id is not None and actor.account_id in layer.accounts and bool(actor.roles & _ABLE)


def left(layer: Layer, able: Collection[int], submitter: int | None) -> list[int]:
    """The accounts of a layer that can decide: not those that were closed or lost the role, nor whoever submitted."""
    return [one for one in layer.accounts if one in able and one != submitter]


_ABLE: frozenset[Role] = RIGHTS[Right.DECIDE_PLANS]


def _check(layers: Sequence[Layer], able: Mapping[int, str]) -> None:
    if not 1 <= len(layers) <= MOST_LAYERS:
        raise BadInput(Message("审批要有 1 到 {most} 层。", most=MOST_LAYERS))
    seen: set[int] = set()
    for place, one in enumerate(layers, 1):
        if not one.name or len(str(one.name)) > LONGEST_NAME:
            raise BadInput(Message("第 {place} 层的名称应有 1 到 {most} 个字。", place=place, most=LONGEST_NAME))
        if not one.accounts:
            raise BadInput(Message("“{layer}”这一层还没有指定审批人。", layer=one.name))
        if any(each not in able for each in one.accounts):
            raise BadInput(Message("“{layer}”这一层有人不能审批：审批人须是启用的高管或人力资源负责人账户。", layer=one.name))
        if seen & set(one.accounts):
            raise BadInput(Message("“{layer}”这一层有人已在别的层里：一个人只在一层审批。", layer=one.name))
        seen |= set(one.accounts)
