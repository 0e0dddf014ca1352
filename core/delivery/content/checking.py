"""What is wrong with a design: rules with names, each finding pointed at the step, the content item or the indicator it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.delivery.content.storing import Content
from core.delivery.content.terms import STAGE_NAMES, Part, Stage, Way
from core.goals.draft import Draft, Line
from core.goals.goal import Kind, KirkpatrickLevel
from core.i18n import Message


class Subject(StrEnum):
    """What a finding speaks of."""

    STEP = "step"
    ITEM = "item"
    GOAL = "goal"


@dataclass(frozen=True)
class DesignProblem:
    """A finding: the rule, what it speaks of, that one's number (a step's place from 0, an item's id; 0 for the goal), and what to do."""

    rule: str
    subject: Subject
    number: int
    message: Message


_LONGEST_SAID = 40
_IN_CLASS = {Part.PRACTISE, Part.TEST, Part.CERTIFY}
_TESTED = ("通关", "测试", "考试", "考核", "认证", "持证", "合格率", "通过率", "pass rate", "certif", "test", "exam")


def problems(content: Content, goal: Draft | None) -> tuple[DesignProblem, ...]:
    """Everything that the rules find wrong with a design; nothing where there are neither items nor steps. `goal` None: none is written."""
    if not content.items and not content.activities:
        return ()
    found = [one for rule in (_knowledge_in_the_room, _item_in_no_step, _doing_not_done, _stages_out_of_order) for one in rule(content)]
    if goal is not None:
        found += [
            one
            for about in (_behaviour_without_practice, _learning_without_a_test, _results_without_transfer)
            for one in about(content, goal)
        ]
    return tuple(found)


def _knowledge_in_the_room(content: Content) -> Iterator[DesignProblem]:
    alone = {one.id: one.facts.name for one in content.items if one.way is Way.SELF_STUDY}
    for place, step in enumerate(content.activities):
        held = [alone[one] for one in step.item_ids if one in alone]
        if step.face_to_face and step.part not in (Part.TEST, Part.CERTIFY) and held and not step.reason:
            said = Message(
                "第 {place} 步“{step}”是面授，却在讲分流为自学的“{item}”。把它移到训前自学，或写明理由。",
                place=place + 1,
                step=step.name,
                item=held[0],
            )
            yield DesignProblem("knowledge_in_the_room", Subject.STEP, place, said)


def _item_in_no_step(content: Content) -> Iterator[DesignProblem]:
    taught = {one for step in content.activities for one in step.item_ids}
    for item in content.items:
        if content.activities and item.id not in taught:
            said = Message("“{item}”没有安排在任何一步里。请加进一步，或删去这个内容单元。", item=item.facts.name)
            yield DesignProblem("item_in_no_step", Subject.ITEM, item.id, said)


def _doing_not_done(content: Content) -> Iterator[DesignProblem]:
    done = {one for step in content.activities if step.part in _IN_CLASS or step.face_to_face for one in step.item_ids}
    taught = {one for step in content.activities for one in step.item_ids}
    for item in content.items:
        if item.way is Way.FACE_TO_FACE and item.id in taught and item.id not in done:
            said = Message("“{item}”要面授聚焦，设计里却只有线上自学。请加一步案例、演练、实操或辅导。", item=item.facts.name)
            yield DesignProblem("doing_not_done", Subject.ITEM, item.id, said)


def _stages_out_of_order(content: Content) -> Iterator[DesignProblem]:
    order = list(Stage)
    latest = Stage.BEFORE
    for place, step in enumerate(content.activities):
        if order.index(step.stage) < order.index(latest):
            said = Message(
                "第 {place} 步“{step}”是{stage}，却排在{later}的步骤后面。请移动它，或改它的阶段。",
                place=place + 1,
                step=step.name,
                stage=STAGE_NAMES[step.stage],
                later=STAGE_NAMES[latest],
            )
            yield DesignProblem("stages_out_of_order", Subject.STEP, place, said)
        else:
            latest = step.stage


def _behaviour_without_practice(content: Content, goal: Draft) -> Iterator[DesignProblem]:
    asked = [
        line.indicator.name for line in goal.lines if line.kind is Kind.PERFORMANCE or line.indicator.level == KirkpatrickLevel.BEHAVIOUR
    ]
    if content.activities and (goal.behaviour.strip() or asked) and not _any(content, Part.PRACTISE):
        said = Message(
            "目标要人做到“{what}”，设计里没有一步是练习。请加案例研讨、情景演练、实操或岗位实战任务。",
            what=_short(goal.behaviour or asked[0]),
        )
        yield DesignProblem("behaviour_without_practice", Subject.GOAL, 0, said)


def _learning_without_a_test(content: Content, goal: Draft) -> Iterator[DesignProblem]:
    wanted = [line.indicator.name for line in goal.lines if _wants_a_test(line)]
    if content.activities and wanted and not _any(content, Part.TEST) and not _any(content, Part.CERTIFY):
        said = Message("指标“{indicator}”要靠测或考得出，设计里没有测试、通关或认证。", indicator=wanted[0])
        yield DesignProblem("learning_without_a_test", Subject.GOAL, 0, said)


def _results_without_transfer(content: Content, goal: Draft) -> Iterator[DesignProblem]:
    results = [line.indicator.name for line in goal.lines if line.kind is Kind.PERFORMANCE]
    if content.activities and results and not any(step.stage is Stage.AFTER for step in content.activities):
        said = Message("“{indicator}”要在训后见效，设计里没有训后的步骤。请加岗位实战任务、教练辅导或社群打卡。", indicator=results[0])
        yield DesignProblem("results_without_transfer", Subject.GOAL, 0, said)


def _wants_a_test(line: Line) -> bool:
    return line.indicator.level == KirkpatrickLevel.LEARNING or any(word in line.indicator.name.lower() for word in _TESTED)


def _any(content: Content, part: Part) -> bool:
    return any(step.part is part for step in content.activities)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SAID else text[: _LONGEST_SAID - 1] + "…"
