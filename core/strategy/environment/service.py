"""The environment in the database: the bank's own indicators and changes to those of the product, and the plan's peer benchmarks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Language, Message
from core.plans import service as plans
from core.storage import Session, now
from core.strategy.environment import repository
from core.strategy.environment.benchmarks import EnteredBenchmark, check
from core.strategy.environment.indicators import Facts, Indicator, seeds
from core.strategy.environment.tables import Benchmark, IndicatorRow

_CHANGED = Message("这个指标刚被别人修改过，您的改动没有保存。请查看最新内容后再改。")


def indicators(db: Session, actor: Actor, language: Language) -> list[Indicator]:
    """The whole library, archived ones included: the product's, as the bank changed them, then the bank's own."""
    require(actor, Right.READ_PLANS)
    rows = repository.indicators(db)
    changed = {row.code: _indicator(row) for row in rows if row.code is not None}
    own = [_indicator(row) for row in rows if row.code is None]
    return [changed.get(seed.code, seed) for seed in seeds(language)] + own


def save_indicator(db: Session, actor: Actor, seen: Indicator | None, facts: Facts) -> None:
    """Add an indicator of the bank's own (`seen` None), or change the one that the person saw. Raises `BadInput`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    _check(facts)
    row = _row(db, seen) if seen else None
    if row is None:
        row = IndicatorRow(code=(seen.code or None) if seen else None, **_columns(facts))
        db.add(row)
    for name, value in _columns(facts).items():
        setattr(row, name, value)
    db.flush()
    record(db, actor, "indicator_changed" if seen else "indicator_added", "indicator", row.id, name=facts.name)


def archive_indicator(db: Session, actor: Actor, seen: Indicator, *, archived: bool) -> None:
    """Put an indicator away, or take it back. Nothing of it is lost."""
    require(actor, Right.DECIDE_STRATEGY)
    row = _row(db, seen)
    if row is None:
        row = IndicatorRow(code=seen.code, **_columns(seen.facts))
        db.add(row)
    row.archived_at = now() if archived else None
    db.flush()
    record(db, actor, "indicator_archived" if archived else "indicator_unarchived", "indicator", row.id, name=row.name)


def restore_indicator(db: Session, actor: Actor, seen: Indicator) -> None:
    """Make an indicator that came with the product what it was when it came."""
    require(actor, Right.DECIDE_STRATEGY)
    row = _row(db, seen)
    if row is None or row.code is None:
        raise NotFound(Message("这个指标没有可以恢复的原样。"))
    record(db, actor, "indicator_restored", "indicator", row.id, name=row.name)
    db.delete(row)


def benchmarks(db: Session, actor: Actor, plan_id: int) -> list[Benchmark]:
    """The plan's peer benchmarks."""
    plans.find(db, actor, plan_id)
    return repository.benchmarks(db, plan_id)


def save_benchmarks(
    db: Session, actor: Actor, plan_id: int, entered: Sequence[EnteredBenchmark], removed: Collection[tuple[int, int]], today: date
) -> None:
    """Add and change benchmarks, and remove those named by id and seen version: all of it or nothing. Raises `BadInput`, `Conflict`."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    for row_id, version in removed:
        _benchmark(db, plan_id, row_id, version).removed_at = now()
        record(db, actor, "benchmark_removed", "benchmark", row_id)
    for one in entered:
        check(one, today)
        assert one.value is not None and one.dated is not None
        values: dict[str, Any] = {
            "indicator": one.indicator.strip(),
            "peer": one.peer.strip(),
            "value": one.value,
            "unit": one.unit.strip(),
            "period": one.period.strip(),
            "source": one.source.strip(),
            "dated": one.dated,
            "note": one.note.strip(),
        }
        if one.id is None:
            row = Benchmark(plan_id=plan_id, **values)
            db.add(row)
        else:
            row = _benchmark(db, plan_id, one.id, one.version)
            for name, value in values.items():
                setattr(row, name, value)
        db.flush()
        record(db, actor, "benchmark_added" if one.id is None else "benchmark_changed", "benchmark", row.id, peer=row.peer)


def restore_benchmarks(db: Session, actor: Actor, plan_id: int, row_ids: Sequence[int]) -> int:
    """Bring removed benchmarks back. Returns how many."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    back = repository.removed_benchmarks(db, plan_id, list(row_ids))
    for row in back:
        row.removed_at = None
        record(db, actor, "benchmark_restored", "benchmark", row.id)
    return len(back)


def _benchmark(db: Session, plan_id: int, row_id: int, version: int | None) -> Benchmark:
    row = repository.benchmark(db, row_id)
    if row is None or row.plan_id != plan_id or row.removed_at is not None:
        raise NotFound(Message("这一行已被别人删除，您的改动没有保存。"))
    if row.version != version:
        raise Conflict(
            Message(
                "“{peer} · {indicator}”刚被别人改为 {value}{unit}，您的改动没有保存。",
                peer=row.peer,
                indicator=row.indicator,
                value=f"{row.value:g}",
                unit=row.unit,
            )
        )
    return row


def _row(db: Session, seen: Indicator) -> IndicatorRow | None:
    row = repository.indicator_of(db, seen.code) if seen.code else repository.indicator(db, seen.row_id or 0)
    if (row.version if row else 0) != seen.version:
        raise Conflict(_CHANGED)
    return row


def _check(facts: Facts) -> None:
    if not facts.name.strip() or len(facts.name.strip()) > 60:
        raise BadInput(Message("请填写指标名称，最多 60 个字。"))
    if not 1 <= facts.level <= 4:
        raise BadInput(Message("柯氏层级应在 1 到 4 之间。"))
    if facts.low is not None and facts.high is not None and facts.low >= facts.high:
        raise BadInput(Message("合理范围的下限应小于上限。"))


def _columns(facts: Facts) -> dict[str, Any]:
    return {
        "name": facts.name.strip(),
        "perspective": facts.perspective,
        "unit": facts.unit.strip()[:20],
        "higher_is_better": facts.higher_is_better,
        "level": facts.level,
        "frequency": facts.frequency,
        "source": facts.source.strip()[:100],
        "definition": facts.definition.strip()[:500],
        "competencies": [name.strip() for name in facts.competencies if name.strip()],
        "low": facts.low,
        "high": facts.high,
    }


def _indicator(row: IndicatorRow) -> Indicator:
    facts = Facts(
        name=row.name,
        perspective=row.perspective,
        unit=row.unit,
        higher_is_better=row.higher_is_better,
        level=row.level,
        frequency=row.frequency,
        source=row.source,
        definition=row.definition,
        competencies=tuple(row.competencies),
        low=row.low,
        high=row.high,
    )
    return Indicator(row.code or "", facts, row.id, row.version or 0, row.archived_at is not None)
