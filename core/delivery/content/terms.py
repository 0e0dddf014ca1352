"""The words of content and design: how something is learnt, in which stage, by which method, in which pattern."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message

HOURS_PER_SLOT = 3.5
"""The hours of a half day."""


class Way(StrEnum):
    """Where a content item is learnt: alone and tested by the machine, or face to face."""

    SELF_STUDY = "self_study"
    FACE_TO_FACE = "face_to_face"


class Origin(StrEnum):
    """Where a content item comes from."""

    PERSON = "person"
    PASTED = "pasted"
    COURSE = "course"
    COMPETENCY = "competency"
    BEHAVIOUR = "behaviour"
    LIBRARY = "library"


class Author(StrEnum):
    """Who decided the way of an item."""

    RULE = "rule"
    MODEL = "model"


class Stage(StrEnum):
    """When something happens: before, during or after the training."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Part(StrEnum):
    """学-练-测-考: what an activity is for."""

    LEARN = "learn"
    PRACTISE = "practise"
    TEST = "test"
    CERTIFY = "certify"


class Method(StrEnum):
    """How something is learnt or shown."""

    READING = "reading"
    VIDEO = "video"
    LIVE = "live"
    LECTURE = "lecture"
    CASE = "case"
    WORKSHOP = "workshop"
    ROLE_PLAY = "role_play"
    PRACTICE = "practice"
    TASK = "task"
    COMMUNITY = "community"
    COACHING = "coaching"
    ONLINE_TEST = "online_test"
    SKILL_CHECK = "skill_check"
    CERTIFICATION = "certification"


class Pattern(StrEnum):
    """Which blend of methods a project follows."""

    PREWORK_WORKSHOP = "prework_workshop"
    LIVE_COMMUNITY = "live_community"
    VIDEO_PRACTICE = "video_practice"
    ONLINE_EXAM_CERTIFICATION = "online_exam_certification"
    LEARN_PRACTISE_TEST_CERTIFY = "learn_practise_test_certify"
    THEORY_PRACTICE_COACHING = "theory_practice_coaching"


class Tier(StrEnum):
    """How far a project's people are already."""

    BASIC = "basic"
    ADVANCED = "advanced"
    EXPERT = "expert"


class Rhythm(StrEnum):
    """Whether the face-to-face time comes in one go or in half days with weeks between."""

    IMMERSIVE = "immersive"
    FRAGMENTED = "fragmented"


WAY_NAMES = {Way.SELF_STUDY: Message("AI 自学自测"), Way.FACE_TO_FACE: Message("面授聚焦")}
ORIGIN_NAMES = {
    Origin.PERSON: Message("手工填写"),
    Origin.PASTED: Message("从表格粘贴"),
    Origin.COURSE: Message("取自课程目录"),
    Origin.COMPETENCY: Message("按项目的能力建议"),
    Origin.BEHAVIOUR: Message("按行为目标建议"),
    Origin.LIBRARY: Message("取自案例库"),
}
STAGE_NAMES = {Stage.BEFORE: Message("训前"), Stage.DURING: Message("训中"), Stage.AFTER: Message("训后")}
PART_NAMES = {Part.LEARN: Message("学"), Part.PRACTISE: Message("练"), Part.TEST: Message("测"), Part.CERTIFY: Message("考")}
METHOD_NAMES = {
    Method.READING: Message("线上自学"),
    Method.VIDEO: Message("视频微课"),
    Method.LIVE: Message("直播"),
    Method.LECTURE: Message("讲授"),
    Method.CASE: Message("案例研讨"),
    Method.WORKSHOP: Message("工作坊"),
    Method.ROLE_PLAY: Message("情景演练"),
    Method.PRACTICE: Message("实操训练"),
    Method.TASK: Message("岗位实战任务"),
    Method.COMMUNITY: Message("社群打卡"),
    Method.COACHING: Message("教练辅导"),
    Method.ONLINE_TEST: Message("线上测试"),
    Method.SKILL_CHECK: Message("通关演练"),
    Method.CERTIFICATION: Message("线下认证"),
}
METHOD_PARTS = {
    Method.READING: Part.LEARN,
    Method.VIDEO: Part.LEARN,
    Method.LIVE: Part.LEARN,
    Method.LECTURE: Part.LEARN,
    Method.CASE: Part.PRACTISE,
    Method.WORKSHOP: Part.PRACTISE,
    Method.ROLE_PLAY: Part.PRACTISE,
    Method.PRACTICE: Part.PRACTISE,
    Method.TASK: Part.PRACTISE,
    Method.COMMUNITY: Part.PRACTISE,
    Method.COACHING: Part.PRACTISE,
    Method.ONLINE_TEST: Part.TEST,
    Method.SKILL_CHECK: Part.TEST,
    Method.CERTIFICATION: Part.CERTIFY,
}
PATTERN_NAMES = {
    Pattern.PREWORK_WORKSHOP: Message("预习＋工作坊"),
    Pattern.LIVE_COMMUNITY: Message("直播＋社群"),
    Pattern.VIDEO_PRACTICE: Message("视频＋实操"),
    Pattern.ONLINE_EXAM_CERTIFICATION: Message("在线考＋线下认证"),
    Pattern.LEARN_PRACTISE_TEST_CERTIFY: Message("学-练-测-考"),
    Pattern.THEORY_PRACTICE_COACHING: Message("理论＋实践＋辅导"),
}
TIER_NAMES = {Tier.BASIC: Message("基础班"), Tier.ADVANCED: Message("进阶班"), Tier.EXPERT: Message("专家班")}
RHYTHM_NAMES = {Rhythm.IMMERSIVE: Message("沉浸式（集中）"), Rhythm.FRAGMENTED: Message("碎片化（分散）")}


class ShareKind(StrEnum):
    """What a share is a share of: the hours of activities by a method, or the hours of items on a subject."""

    METHOD = "method"
    SUBJECT = "subject"


class Anchor(StrEnum):
    """The day from which a date of the checklist is counted: a project's first or last training session."""

    FIRST = "first"
    LAST = "last"


class ActionState(StrEnum):
    """How far an action of a transfer plan is."""

    PLANNED = "planned"
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"


SHARE_KIND_NAMES = {ShareKind.METHOD: Message("按方式"), ShareKind.SUBJECT: Message("按主题内容")}
ANCHOR_NAMES = {Anchor.FIRST: Message("首次课"), Anchor.LAST: Message("末次课")}
ACTION_STATE_NAMES = {
    ActionState.PLANNED: Message("已填写"),
    ActionState.AGREED: Message("上级已确认"),
    ActionState.DONE: Message("已做到"),
    ActionState.DROPPED: Message("不再做"),
}
