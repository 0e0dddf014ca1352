"""What a planner does with the sample branch's decoded year, through the same services as the pages: decide, group, link,
localise, focus, propose projects, set their goals, judge the branch's readiness for AI, check a quarter.

Each function is one transaction's work and takes the plan as it finds it; those that are given the database are long, and do it in
several, of which each leaves what can be shown and the next time only does what is still to be done.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.access.actor import Actor
from core.demo import needing, projecting, scheduling, teaching
from core.demo.decisions import ClauseSource, Correction, Decisions, ThemeSource, decisions
from core.documents import service as library
from core.goals import service as goals
from core.goals.draft import of_goal
from core.logs import logger
from core.projects import service as projects
from core.storage import Database, Session
from core.strategy import review
from core.strategy.checking import service as checking
from core.strategy.checking.entering import Entered as CheckEntered
from core.strategy.findings import FindingKind, Measure
from core.strategy.focus import service as focus
from core.strategy.focus.service import Entered
from core.strategy.ideas import service as ideas
from core.strategy.readiness import service as readiness
from core.strategy.readiness.service import Answer
from core.strategy.review import Wanted
from core.strategy.tables import FindingRow, FindingState
from core.strategy.themes import linking, localisation, suggesting
from core.strategy.themes import repository as theme_rows
from core.strategy.themes import service as themes
from core.strategy.themes.grouping import Reason
from core.strategy.themes.outline import Detail
from core.strategy.themes.service import Overview

log = logger(__name__)

_ALL = 100_000


def decide(database: Database, actor: Actor, plan_id: int) -> None:
    """Correct some findings, put the same demands of several documents together, accept what belongs to a theme, reject the rest."""
    written = decisions()
    corrections = {one.found: one for one in written.edits}
    with database.writing() as db:
        for row in _pending(db, actor, plan_id):
            if row.text in corrections:
                review.edit(db, actor, plan_id, row.id or 0, row.version or 0, _corrected(row, corrections[row.text]))
    for number, _ in enumerate(written.themes):
        with database.writing() as db:
            _accept(db, actor, plan_id, [row for row in _pending(db, actor, plan_id) if _theme_of(row, written) == number])
    with database.writing() as db:
        review.decide(db, actor, plan_id, [row.id or 0 for row in _pending(db, actor, plan_id)], FindingState.REJECTED)


def group(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Take over the suggested themes, name and weigh them, and move what was misplaced."""
    suggesting.take_over(db, actor, plan_id, suggesting.propose(themes.overview(db, actor, plan_id), detail=Detail.SECTIONS))
    seen = themes.overview(db, actor, plan_id)
    suggested = {one.finding.text: view for view in seen.themes for one in view.members if one.reason is Reason.SEED}
    for source in written.themes:
        own = next((suggested[text] for text in source.seeds if text in suggested), None)
        if own is not None:
            themes.change(db, actor, own.id, own.theme.version or 0, source.draft)
        else:
            themes.create(db, actor, plan_id, source.draft)
    db.flush()
    seen = themes.overview(db, actor, plan_id)
    for source in written.themes:
        _bring_home(db, actor, plan_id, source, seen)
    kept = {source.draft.name for source in written.themes}
    for view in seen.themes:
        if view.theme.name not in kept:
            themes.remove(db, actor, view.id)


def link(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Have links suggested, confirm and add those that the planner believes in, and drop the other suggestions."""
    suggesting.suggest_links(db, actor, plan_id)
    db.flush()
    ids = {view.theme.name: view.id for view in themes.overview(db, actor, plan_id).themes}
    for one in written.links:
        linking.link(db, actor, plan_id, ids[one.cause], ids[one.effect], one.note)
        db.flush()
    left = [one for one in themes.overview(db, actor, plan_id).links if one.suggested]
    linking.unlink(db, actor, {one.id or 0: one.version or 0 for one in left})


def localise(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Write the branch's version of clauses and justify each with the branch's own words."""
    clauses = [clause for one in localisation.local_themes(db, actor, plan_id) for clause in one.clauses]
    texts = _branch_texts(db, actor)
    for source in written.clauses:
        found = next((clause.finding.id for clause in clauses if source.clause in clause.finding.text + clause.finding.quote), None)
        place = _place_of(texts, source)
        if found is None or place is None:
            log.warning("sample_clause_not_found", clause=source.clause, found=found is not None)
            continue
        localisation.write(db, actor, plan_id, found, None, source.text)
        db.flush()
        row = theme_rows.localisation(db, found)
        localisation.justify(db, actor, plan_id, found, row.version if row else None, place)


def focus_on(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Enter the key posts, say which themes they belong to, and anchor those for which there is a reason."""
    focus.save(db, actor, plan_id, [Entered(one.line, one.post, one.importance, one.gap, one.people) for one in written.focus])
    sources = {(one.line, one.post): one for one in written.focus}
    ids = {view.theme.name: view.id for view in themes.overview(db, actor, plan_id).themes}
    for row in focus.rows(db, actor, plan_id):
        source = sources.get((row.line, row.post))
        if source is None:
            continue
        focus.link_themes(db, actor, plan_id, row.id or 0, row.version or 0, [ids[one] for one in source.themes if one in ids])
        db.flush()
        if source.reason:
            focus.anchor(db, actor, plan_id, row.id or 0, row.version or 0, source.reason)


def propose(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Have projects suggested, and take over those that the planner wants; the others wait."""
    ideas.suggest(db, actor, plan_id, "zh")
    db.flush()
    wanted = {
        one.id: one.row.version or 0
        for one in ideas.board(db, actor, plan_id).ideas
        if one.theme is not None and (one.theme.theme.name, one.row.post) in written.projects
    }
    projects.accept(db, actor, plan_id, wanted)


def plan_projects(database: Database, actor: Actor, plan_id: int) -> None:
    """Write the projects that nobody suggested, with their goals."""
    projecting.write_projects(database, actor, plan_id)
    projecting.write_goals(database, actor, plan_id)


def link_gaps(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Say which measured gaps the projects answer."""
    projecting.link_gaps(db, actor, plan_id)


def collect_needs(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Ask the units what they need, and make projects' sources of what they say."""
    needing.collect(db, actor, plan_id)


def teach_projects(database: Database, actor: Actor, plan_id: int) -> None:
    """Write what the projects teach and lay out how."""
    teaching.teach(database, actor, plan_id)


def prepare_sessions(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Close the days on which nobody is called, form cohorts, and say what is to be scheduled."""
    scheduling.close_days(db, actor, plan_id)


def write_budget(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Write down what the year costs beside its trainers and venues."""
    scheduling.pay(db, actor, plan_id)


def judge_readiness(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Answer the readiness assessment as far as the branch's own documents speak for an answer, and take weak dimensions into themes."""
    source = written.readiness
    round_id = readiness.begin(db, actor, plan_id, source.period)
    readiness.answer(db, actor, plan_id, round_id, {one.statement: Answer(one.step, one.note) for one in source.answers})
    ids = {view.theme.name: view.id for view in themes.overview(db, actor, plan_id).themes}
    for dimension, name in source.taken:
        if name in ids:
            readiness.take(db, actor, plan_id, round_id, dimension, ids[name], "zh")


def check(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Hold a quarter's figures against the targets, say what is done about the deviations, conclude and close."""
    source = written.check
    check_id = checking.begin(db, actor, plan_id, source.quarter, source.as_of)
    (seen,) = (one for one in checking.checks(db, actor, plan_id) if one.id == check_id)
    entered = []
    for one in source.items:
        row = next((item.row for item in seen.items if (item.row.metric, item.row.deadline) == (one.metric, one.deadline)), None)
        if row is None:
            log.warning("sample_target_not_found", metric=one.metric)
            continue
        entered.append(
            CheckEntered(
                id=row.id or 0,
                version=row.version or 0,
                baseline=row.baseline if one.baseline is None else one.baseline,
                baseline_on=row.baseline_on,
                deadline=row.deadline,
                milestone=one.milestone,
                actual=one.actual,
                source=one.source,
                action=one.action,
                owner=one.owner,
                due=one.due,
            )
        )
    checking.save(db, actor, plan_id, check_id, entered)
    checking.describe(db, actor, plan_id, check_id, seen.row.version or 0, as_of=source.as_of, conclusion=source.conclusion)
    db.flush()
    checking.close(db, actor, plan_id, check_id, seen.row.version or 0)


def set_goals(db: Session, actor: Actor, plan_id: int, written: Decisions) -> None:
    """Write the goals of the suggested projects, and submit those that are ready."""
    sources = {(one.theme, one.post): one for one in written.goals}
    for view in goals.goals(db, actor, plan_id):
        theme = view.project.theme
        source = sources.get((theme.theme.name, view.project.row.post)) if theme else None
        if source is None or view.row is not None:
            continue
        goals.save(db, actor, view.project.id, view.version, of_goal(source.goal))
        if source.submitted:
            goals.submit(db, actor, view.project.id, goals.find(db, actor, view.project.id).version)


def _accept(db: Session, actor: Actor, plan_id: int, rows: Sequence[FindingRow]) -> None:
    """Accept the findings of a theme, those that demand the same as one."""
    alone = []
    for same in _same_demands(rows):
        if len(same) == 1:
            alone.append(same[0].id or 0)
        else:
            review.merge(db, actor, plan_id, [row.id or 0 for row in same], same[0].id or 0)
    review.decide(db, actor, plan_id, alone, FindingState.ACCEPTED)


def _pending(db: Session, actor: Actor, plan_id: int) -> tuple[FindingRow, ...]:
    return review.board(db, actor, plan_id, Wanted(states=(FindingState.PENDING,)), 0, _ALL).rows


def _corrected(row: FindingRow, correction: Correction) -> review.Draft:
    measure = Measure(**row.measure) if row.measure else None
    if measure is not None and correction.metric:
        measure = replace(measure, metric=correction.metric)
    competencies = correction.competencies or tuple(row.competencies)
    return review.Draft(row.kind, correction.text or row.text, row.perspective, competencies, measure)


def _theme_of(row: FindingRow, written: Decisions) -> int | None:
    if not written.admits(row.text, row.heading, row.measure["deadline"] if row.measure else ""):
        return None
    return next((i for i, one in enumerate(written.themes) if one.takes(row.kind, row.text, row.quote, row.metric)), None)


def _same_demands(rows: Iterable[FindingRow]) -> list[list[FindingRow]]:
    """Findings of a theme that demand the same, the one to keep first: a sentence that says how a figure binds before a bare figure."""
    groups: dict[tuple[object, ...], list[FindingRow]] = {}
    for row in rows:
        groups.setdefault(_demand(row), []).append(row)
    return [sorted(same, key=lambda row: bool(row.measure) and (row.measure or {})["operator"] == "=") for same in groups.values()]


def _demand(row: FindingRow) -> tuple[object, ...]:
    if row.kind is FindingKind.THEME:
        return (row.kind,)
    measure = row.measure
    return (row.metric, measure["value"], measure["unit"], measure["deadline"]) if measure else (row.kind, _bare(row.text))


def _bare(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


def _bring_home(db: Session, actor: Actor, plan_id: int, source: ThemeSource, seen: Overview) -> None:
    home = next(view for view in seen.themes if view.theme.name == source.draft.name)
    inside = [(one.finding, view.id) for view in seen.themes for one in view.members]
    elsewhere = {
        finding.id: place
        for finding, place in [*inside, *((one, None) for one in seen.ungrouped)]
        if place != home.id and source.takes(finding.kind, finding.text, finding.quote, finding.metric)
    }
    if elsewhere:
        themes.move(db, actor, plan_id, elsewhere, home.id)
        db.flush()


def _branch_texts(db: Session, actor: Actor) -> dict[int, str]:
    """The text of each of the sample branch's own documents."""
    texts = {}
    for entry in library.entries(db, actor):
        document = entry.document
        if document.sample and document.current and document.kind in localisation.BRANCH_KINDS and document.id is not None:
            parsed = library.open_document(db, actor, document.id).parsed
            if parsed is not None:
                texts[document.id] = parsed.text
    return texts


def _place_of(texts: Mapping[int, str], source: ClauseSource) -> tuple[int, int, int] | None:
    """Where the branch's words stand: document, start, end."""
    for document_id, text in texts.items():
        start = text.find(source.fact)
        if start >= 0:
            return document_id, start, start + len(source.fact)
    return None
