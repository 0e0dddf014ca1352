"""The words in which documents for leaders are spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message

PAPER_JOB = "make_paper"


class Paper(StrEnum):
    """A document that can be made."""

    PLAN = "plan"
    DECISION = "decision"
    REVIEW = "review"
    WORKBOOK = "workbook"


class Part(StrEnum):
    """A section of a document, in the order in which they stand."""

    SUMMARY = "summary"
    STRATEGY = "strategy"
    FOCUS = "focus"
    GAPS = "gaps"
    PROJECTS = "projects"
    CALENDAR = "calendar"
    BUDGET = "budget"
    EVALUATION = "evaluation"
    STANDING = "standing"
    LEVELS = "levels"
    EFFECTS = "effects"
    RETURNS = "returns"
    WARNINGS = "warnings"
    CONCLUSIONS = "conclusions"
    DECISIONS = "decisions"
    APPENDIX = "appendix"


class State(StrEnum):
    """How far a document is."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


PAPER_NAMES = {
    Paper.PLAN: Message("年度培训计划（Word）"),
    Paper.DECISION: Message("决策汇报（PowerPoint）"),
    Paper.REVIEW: Message("复盘汇报（PowerPoint）"),
    Paper.WORKBOOK: Message("全部数据表（Excel）"),
}
TITLES = {
    Paper.PLAN: Message("{year} 年度培训计划"),
    Paper.DECISION: Message("{year} 年度培训计划 · 决策汇报"),
    Paper.REVIEW: Message("{year} 年度培训 · 复盘汇报"),
    Paper.WORKBOOK: Message("{year} 年度培训计划 · 数据表"),
}
PART_NAMES = {
    Part.SUMMARY: Message("摘要"),
    Part.STRATEGY: Message("战略依据"),
    Part.FOCUS: Message("重点业务线与岗位"),
    Part.GAPS: Message("能力短板"),
    Part.PROJECTS: Message("培训项目与目标"),
    Part.CALENDAR: Message("全年排期"),
    Part.BUDGET: Message("预算"),
    Part.EVALUATION: Message("评估设计"),
    Part.STANDING: Message("全年进展"),
    Part.LEVELS: Message("柯氏四级"),
    Part.EFFECTS: Message("训练效果"),
    Part.RETURNS: Message("投入与回报"),
    Part.WARNINGS: Message("早期预警"),
    Part.CONCLUSIONS: Message("复盘结论"),
    Part.DECISIONS: Message("需要决定的事"),
    Part.APPENDIX: Message("附录"),
}
_PLANNED = (Part.SUMMARY, Part.STRATEGY, Part.FOCUS, Part.GAPS, Part.PROJECTS, Part.CALENDAR, Part.BUDGET, Part.EVALUATION)
_REVIEWED = (Part.STANDING, Part.LEVELS, Part.EFFECTS, Part.RETURNS, Part.WARNINGS, Part.CONCLUSIONS, Part.DECISIONS)
PARTS: dict[Paper, tuple[Part, ...]] = {
    Paper.PLAN: (*_PLANNED, Part.APPENDIX),
    Paper.DECISION: (*_PLANNED, Part.DECISIONS),
    Paper.REVIEW: _REVIEWED,
    Paper.WORKBOOK: (*_PLANNED, *_REVIEWED, Part.APPENDIX),
}
ENDINGS = {Paper.PLAN: "docx", Paper.DECISION: "pptx", Paper.REVIEW: "pptx", Paper.WORKBOOK: "xlsx"}
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
