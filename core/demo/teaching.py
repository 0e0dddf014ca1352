"""The sample's content in its decoded year, through the same services as the pages: items, triage, designs, checklists, transfer plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core import clock
from core.access.actor import Actor
from core.delivery.content import checking_off, designing, transfer
from core.delivery.content import service as contents
from core.delivery.content.service import Entered
from core.delivery.content.terms import ActionState
from core.delivery.content.transfer import ActionFacts
from core.demo.contents import ContentSource
from core.demo.contents import contents as sources
from core.plans import service as plans
from core.storage import Database, Session

# Of this project people have written down what they will do: what, evidence, how many weeks after the training, how many times, how
# often it was done, what became of it.
_TRANSFER = "复杂产品亏损沟通演练"
_ACTIONS = (
    ("组合回撤超过5%的客户三个工作日内逐户致电，当日录入要点", "平台里的通话记录", 2, 1, 0, ActionState.DONE),
    ("给自己的前十户各写一页风险来源说明，面谈时讲清", "十份说明和客户签收", 4, 10, 7, ActionState.AGREED),
    ("每周听一段自己的通话录音，按评分表自评", "四份自评表", 5, 4, 2, ActionState.PLANNED),
)
_PEOPLE = 9


def teach(database: Database, actor: Actor, plan_id: int) -> None:
    """Write what the projects teach, lay their designs out, and begin their checklists; some people write down what they will do."""
    with database.reading() as db:
        year = plans.find(db, actor, plan_id).year
        by_name = {view.project.name: view.id for view in contents.contents(db, actor, plan_id)}
    for source in sources():
        if source.project in by_name:
            with database.writing() as db:
                _design(db, actor, by_name[source.project], source, year)
    with database.writing() as db:
        designed = [view.id for view in contents.contents(db, actor, plan_id) if view.content.activities]
        checking_off.begin(db, actor, plan_id, designed, "zh")
    with database.writing() as db:
        if _TRANSFER in by_name and not transfer.actions(db, actor, plan_id):
            _promise(db, actor, by_name[_TRANSFER])


def _design(db: Session, actor: Actor, project_id: int, source: ContentSource, year: int) -> None:
    """Write what a project teaches and lay its design out, where nothing is written."""
    if contents.find(db, actor, project_id).content.items:
        return
    contents.save_items(db, actor, project_id, 0, [Entered(0, one) for one in source.items])
    for name, way, why in source.ways:
        view = contents.find(db, actor, project_id)
        ids = [one.id for one in view.content.items if one.facts.name == name]
        contents.choose(db, actor, project_id, view.content.version, ids, way, why)
    version = contents.find(db, actor, project_id).content.version
    designing.begin(db, actor, project_id, version, source.pattern, source.tier, source.rhythm, "zh")
    view = contents.find(db, actor, project_id)
    first, last = source.days(year)
    settings = replace(view.content.settings, cohort_size=source.cohort, earliest=first, due=last)
    contents.save_settings(db, actor, project_id, view.content.version, settings)


def _promise(db: Session, actor: Actor, project_id: int) -> None:
    today = clock.today()
    people = transfer.participants(db, actor, project_id, today).people[:_PEOPLE]
    for number, person in enumerate(people):
        what, evidence, weeks, times, done, state = _ACTIONS[number % len(_ACTIONS)]
        facts = ActionFacts(what, today + timedelta(weeks=weeks - 3), "网点负责人", evidence, times)
        action_id = transfer.add(db, actor, project_id, person.id, facts, today)
        if state is not ActionState.PLANNED:
            transfer.settle(db, actor, action_id, 1, state)
        if done:
            transfer.advance(db, actor, action_id, 1 if state is ActionState.PLANNED else 2, done)
