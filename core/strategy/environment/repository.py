"""Queries on the environment."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.strategy.environment.tables import Benchmark, IndicatorRow


def indicators(db: Session) -> list[IndicatorRow]:
    """What the bank added to the library and changed in it, in the order in which it came."""
    return list(db.exec(select(IndicatorRow).order_by(col(IndicatorRow.id))))


def indicator(db: Session, row_id: int) -> IndicatorRow | None:
    """One of these."""
    return db.get(IndicatorRow, row_id)


def indicator_of(db: Session, code: str) -> IndicatorRow | None:
    """What the bank made of an indicator that came with the product."""
    return db.exec(select(IndicatorRow).where(IndicatorRow.code == code)).first()


def benchmarks(db: Session, plan_id: int) -> list[Benchmark]:
    """A plan's benchmarks that were not removed, in the order in which they came."""
    chosen = select(Benchmark).where(Benchmark.plan_id == plan_id, col(Benchmark.removed_at).is_(None))
    return list(db.exec(chosen.order_by(col(Benchmark.id))))


def benchmark(db: Session, row_id: int) -> Benchmark | None:
    """One benchmark, removed or not."""
    return db.get(Benchmark, row_id)


def removed_benchmarks(db: Session, plan_id: int, row_ids: list[int]) -> list[Benchmark]:
    """Those of these benchmarks that were removed from the plan."""
    chosen = select(Benchmark).where(Benchmark.plan_id == plan_id, col(Benchmark.id).in_(row_ids), col(Benchmark.removed_at).is_not(None))
    return list(db.exec(chosen))
