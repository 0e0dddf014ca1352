"""The alignment chain of sixty projects: how long it takes to read, to draw, and to come again in the page."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from playwright.sync_api import sync_playwright

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR
from core.charts.alignment import draw, specification
from core.charts.look import LIGHT
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.goals import service as goals
from core.goals.chain import service as chains
from core.goals.gaps import service as making
from core.goals.gaps.service import Wanted
from core.instance import Instance, open_instance
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.people.importing.planning import is_known
from core.plans import service as plans
from core.projects.gaps import service as answering
from core.sheets.finding import find
from core.sheets.grid import Grid, Row
from core.strategy.findings import FindingKind, Perspective
from core.strategy.tables import FindingRow, FindingState
from core.strategy.themes import service as themes
from tests.bench import server
from tests.bench.measuring import Figure, percentile
from tests.prepare import browser as chromium

PROJECTS, THEMES, FINDINGS, PEOPLE = 60, 30, 400, 600
_UNITS, _POSTS, _RUNS = 14, 20, 20
_ABILITIES = (
    "资产配置",
    "需求挖掘与产品匹配",
    "客户分层",
    "跨境结算",
    "财务报表分析",
    "贷后管理",
    "反洗钱",
    "数据分析",
    "团队辅导",
    "县域经营",
)
_SUBJECTS = ("做深财富客户经营", "跨境金融扩面", "县域普惠提质", "绿色金融加快布局", "运营集约转型", "队伍专业化建设")
_AIM = 600.0


def measure(folder: Path) -> Iterator[Figure]:
    """In an instance of its own."""
    data = folder / "chain"
    instance = open_instance(data)
    try:
        token = server.invitation(instance)
        plan = _plan(instance)
        if plan not in _filled(instance, plan):
            fill(instance, plan)
        yield from _inside(instance, plan)
    finally:
        instance.close()
    yield from _in_the_page(data, token)


def fill(instance: Instance, plan: int) -> None:
    """Findings, themes, people and projects, of which two thirds answer a gap and have a submitted goal."""
    dice = random.Random(1)
    _findings(instance, plan, dice)
    _people(instance, dice)
    with instance.database.reading() as db:
        found = answering.choices(db, LOCAL_ADMINISTRATOR, "zh")
        offer = making.offer(db, LOCAL_ADMINISTRATOR, plan, [one.key for one in found[:PROJECTS]], "zh")
    keys = [one.key for one in offer.told]
    wanted = []
    for number in range(PROJECTS):
        key = (keys[number % len(keys)],)
        fits = offer.fits(key)
        theme = fits[number % len(fits)].theme_id if fits else offer.material.themes[number % THEMES].id
        wanted.append(Wanted(key, theme, offer.project(key, theme), offer.goal(key)))
    with instance.database.writing() as db:
        made = making.make(db, LOCAL_ADMINISTRATOR, plan, wanted)
    for project in made[: PROJECTS * 2 // 3]:
        with instance.database.writing() as db:
            goals.submit(db, LOCAL_ADMINISTRATOR, project, 1, "先行试点")
    for project in made[PROJECTS * 2 // 3 : PROJECTS * 5 // 6]:
        with instance.database.writing() as db:
            (one,) = answering.of_projects(db, LOCAL_ADMINISTRATOR, [project], "zh").of(project)
            answering.take_off(db, LOCAL_ADMINISTRATOR, one.link_id, one.version)


def _inside(instance: Instance, plan: int) -> Iterator[Figure]:
    def read() -> chains.Alignment:
        with instance.database.reading() as db:
            return chains.alignment(db, LOCAL_ADMINISTRATOR, plan, "zh")

    found = read()
    size = f"{PROJECTS} projects, {THEMES} themes, {FINDINGS} findings, {len(found.chain.nodes)} nodes"
    yield Figure("chain, reading, p95", percentile(_times(read), 95), "ms", 200, size=size)
    node = found.chain.nodes[-1].id
    yield Figure(
        "chain, drawing again, p95",
        percentile(_times(lambda: specification(read().chain, node, "zh", LIGHT)), 95),
        "ms",
        size="with reading",
    )
    yield Figure("chain, drawing, p95", percentile(_times(lambda: draw(found.chain, node, "zh").to_dict()), 95), "ms", size=size)


def _in_the_page(data: Path, token: str) -> Iterator[Figure]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.add_init_script(f"({server.LISTEN})()")
        with server.running(data) as running:
            server.until_healthy(running)
            server.let_in(page, running, token)
            before = running.process.cpu_times()
            times = server.again(page, running, "chain")
            after = running.process.cpu_times()
        browser.close()
    busy = (after.user + after.system - before.user - before.system) / len(times)
    yield Figure("chain, page again, processor time", 1000 * busy, "ms", size="on average; on a busy machine the rest is waiting")
    yield Figure("chain, page again, p50", percentile(times, 50), "ms", size=f"{PROJECTS} projects, {len(times)} reruns")
    yield Figure("chain, page again, p95", percentile(times, 95), "ms", _AIM)


def _times(act: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(_RUNS):
        began = perf_counter()
        act()
        times.append(perf_counter() - began)
    return times


def _plan(instance: Instance) -> int:
    with instance.database.reading() as db:
        return max(one.id or 0 for one in plans.plans(db, LOCAL_ADMINISTRATOR))


def _filled(instance: Instance, plan: int) -> list[int]:
    with instance.database.reading() as db:
        return [plan] if themes.overview(db, LOCAL_ADMINISTRATOR, plan).themes else []


def _findings(instance: Instance, plan: int, dice: random.Random) -> None:
    said = "第{n}项：{subject}，{ability}要过关，到2028年末提高{share}%。"
    lines = [
        said.format(n=number, subject=_SUBJECTS[number % 6], ability=_ABILITIES[number % 10], share=dice.randint(3, 40))
        for number in range(FINDINGS)
    ]
    text = "# 总行战略\n\n" + "\n\n".join(lines) + "\n"
    with instance.database.writing() as db:
        added = library.add(db, instance.settings, LOCAL_ADMINISTRATOR, "总行战略.md", text.encode(), DocumentKind.HQ)
    instance.worker.run()
    kinds = (FindingKind.TASK, FindingKind.TARGET, FindingKind.CAPABILITY, FindingKind.THEME)
    with instance.database.writing() as db:
        rows = []
        for number, line in enumerate(lines):
            row = FindingRow(
                plan_id=plan,
                document_id=added.document_id,
                kind=kinds[number % 4],
                text=line,
                quote=line,
                start=text.index(line),
                end=text.index(line) + len(line),
                heading=["总行战略"],
                competencies=[_ABILITIES[number % 10]] if number % 4 == 2 else [],
                state=FindingState.ACCEPTED,
            )
            db.add(row)
            rows.append(row)
        db.flush()
        perspectives = list(Perspective)
        for number in range(THEMES):
            draft = themes.Draft(f"{_SUBJECTS[number % 6]}（{number + 1}）", perspectives[number % 4])
            theme = themes.create(db, LOCAL_ADMINISTRATOR, plan, draft)
            db.flush()
            # Neighbours in the text, so that a theme is of several kinds.
            own = {row.id or 0: None for at, row in enumerate(rows) if at // 4 % THEMES == number}
            themes.move(db, LOCAL_ADMINISTRATOR, plan, own, theme.id)


def _people(instance: Instance, dice: random.Random) -> None:
    recent = (clock.today() - timedelta(days=30)).isoformat()
    numbers = [f"{number:06d}" for number in range(PEOPLE)]
    roster = [(one, f"员工{one}", f"支行{place % _UNITS}", f"岗位{place % _POSTS}") for place, one in enumerate(numbers)]
    matrix = [(f"岗位{post}", _ABILITIES[(post + n) % 10], 3 + n % 2, 20) for post in range(_POSTS) for n in range(5)]
    scores = [(one, name, dice.randint(30, 90), 100, "考核系统", recent) for one in numbers for name in _ABILITIES]
    for kind, head, rows in (
        (ImportKind.ROSTER, ("工号", "姓名", "机构", "岗位"), roster),
        (ImportKind.MATRIX, ("岗位", "能力", "等级", "权重"), matrix),
        (ImportKind.ASSESSMENTS, ("工号", "能力", "得分", "满分", "来源", "日期"), scores),
    ):
        grid = Grid("名单", tuple(Row(number, tuple(row)) for number, row in enumerate([head, *rows], 1)))
        table = find([grid], is_known)
        with instance.database.writing() as db:
            chosen = importing.mapping(db, LOCAL_ADMINISTRATOR, kind, table)
            importing.import_table(db, LOCAL_ADMINISTRATOR, kind, "bench.xlsx", table, chosen, clock.today())
