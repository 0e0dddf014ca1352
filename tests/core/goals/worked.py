"""The worked example, and goals that differ from it in one thing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.goals.goal import Goal, GoalIndicator, KirkpatrickLevel
from core.goals.rewriting import check
from core.strategy.environment.indicators import seeds

L2, L3, L4 = KirkpatrickLevel.LEARNING, KirkpatrickLevel.BEHAVIOUR, KirkpatrickLevel.RESULTS
NEW = GoalIndicator("新增有效客户", ">=", 60, "户", per_head=2, source="CRM", level=L4)
SHARE = GoalIndicator("新增授信客户占比", ">=", 30, "%", source="信贷系统", level=L4)
LEVEL = GoalIndicator("到期续贷率", ">=", 65, "%", baseline=57, source="信贷系统", level=L4)
WORKED = Goal(
    "县域支行客户名单利用率低，客户经理不会上门开口",
    "按名单逐户上门拜访，用“名单触达—需求挖掘—产品匹配”三段话术完成首次沟通并当日录入CRM",
    (
        GoalIndicator("话术通关率", "=", 100, "%", source="考核系统", level=L2),
        GoalIndicator("上门拜访覆盖率", ">=", 80, "%", source="CRM", level=L3),
        GoalIndicator("首次沟通有效率", ">=", 60, "%", source="CRM", level=L3),
    ),
    (NEW, SHARE),
    headcount=30,
    due_days=60,
)


def found(goal: Goal) -> set[tuple[str, str]]:
    """Rule and field of every problem."""
    return {(one.rule, one.field) for one in check(goal, seeds(goal.language)).problems}


def result(base: GoalIndicator = NEW, **changes: Any) -> Goal:
    """The worked example with one result only: `base`, changed."""
    return replace(WORKED, performance=(replace(base, **changes),))
