"""The chapter on decoding as a Word file: what HQ demands, in whose words, and what the branch makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.access.actor import shown_name
from core.charts import pictures
from core.charts.look import LIGHT, PRINT_FONT
from core.charts.strategy_map import draw, headline, of_plan
from core.charts.strategy_map_layout import PAPER
from core.documents.service import KIND_NAMES
from core.documents.tables import Document
from core.exports.decoding_contents import Contents, SourceRead
from core.exports.decoding_figures import Figures
from core.exports.word import Paper
from core.i18n import Language, Message
from core.strategy.findings import OPERATOR_SIGNS, FindingKind
from core.strategy.focus.priority import Part, Ranked
from core.strategy.focus.tables import FocusRow
from core.strategy.tables import FindingRow, FindingState
from core.strategy.themes.localisation import LACK_NAMES, Clause
from core.strategy.themes.service import ThemeView
from core.strategy.themes.tags import LAYER_NAMES, LENS_NAMES, PERSPECTIVE_NAMES, Lens

_SHARP = 3.0


def decoding_chapter(contents: Contents, language: Language, day: date) -> bytes:
    """A DOCX file, as of `day`. Only accepted findings are in it; each stands with its words and their place."""
    return _Chapter(contents, language, day).write()


class _Chapter:
    def __init__(self, contents: Contents, language: Language, day: date) -> None:
        self._is, self._language, self._day = contents, language, day
        plan = contents.plan
        header = self._say(Message("{unit} {year} 年度培训计划 · 战略解码", unit=plan.unit, year=str(plan.year)))
        mark = self._say(Message("（示例）")) if plan.sample else ""
        subtitle = [header + mark, self._say(Message("截至 {day}，只收已采纳的发现", day=self._date(day)))]
        self._paper = Paper(self._say(Message("战略解码")), subtitle, header + mark, plan.unit, language)

    def write(self) -> bytes:
        """All sections in order; a section for which there is nothing says so."""
        self._paper.contents(self._say(Message("目录")))
        self._sources()
        self._figures()
        self._map()
        self._themes()
        self._ungrouped()
        self._localised()
        self._conflicts()
        self._focus()
        self._appendix()
        return self._paper.save()

    def _say(self, message: Message) -> str:
        return message.render(self._language)

    def _head(self, *titles: tuple[Message, float]) -> list[tuple[str, float]]:
        return [(self._say(title), width) for title, width in titles]

    def _date(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日" if self._language == "zh" else f"{day.day} {day:%B %Y}"

    def _joined(self, words: Sequence[str]) -> str:
        return Message.listed(words).render(self._language)

    def _sources(self) -> None:
        self._paper.heading(self._say(Message("一、读了哪些文件")))
        if not self._is.sources:
            self._paper.text(self._say(Message("还没有解码任何文件。")))
            return
        columns = self._head(
            (Message("文件"), 5.8),
            (Message("种类"), 2),
            (Message("版次"), 1.3),
            (Message("入库日期"), 2.4),
            (Message("已采纳"), 1.4),
            (Message("待确认"), 1.4),
            (Message("未采纳"), 1.4),
        )
        self._paper.table(columns, [self._source(one) for one in self._is.sources], right=(2, 4, 5, 6))

    def _source(self, one: SourceRead) -> list[str]:
        document = one.document
        title = document.title + (self._say(Message("（示例）")) if document.sample else "")
        numbers = [one.counts.get(state, 0) for state in (FindingState.ACCEPTED, FindingState.PENDING, FindingState.REJECTED)]
        kind = self._say(KIND_NAMES[document.kind])
        return [title, kind, str(document.edition), f"{document.added_at:%Y-%m-%d}", *map(str, numbers)]

    def _figures(self) -> None:
        self._paper.heading(self._say(Message("二、主要数字")))
        figures = Figures(self._is)
        columns = self._head((Message("数字"), 4), (Message("数值"), 2.4), (Message("怎样算出"), 9.6))
        self._paper.table(columns, [[self._say(part) for part in line] for line in figures.lines()], right=(1,))

    def _map(self) -> None:
        self._paper.heading(self._say(Message("三、战略地图")))
        themes, links = of_plan(self._is.seen)
        confirmed = [link for link in links if not link.suggested]
        if not themes:
            self._paper.text(self._say(Message("还没有战略主题。")))
            return
        chart = draw(themes, confirmed, self._language, look=replace(LIGHT, font=PRINT_FONT), form=PAPER)
        self._paper.picture(pictures.png(chart, _SHARP), self._say(headline(themes, confirmed)))
        self._paper.note(self._say(Message("箭头从原因指向结果，只画已确认的因果关系。")))
        names = {view.id: view.theme.name for view in self._is.seen.themes}
        for link in confirmed:
            line = f"{names[link.cause]} → {names[link.effect]}"
            self._paper.item(self._say(Message("{link}：{why}", link=line, why=link.note)) if link.note else line)

    def _themes(self) -> None:
        self._paper.heading(self._say(Message("四、战略主题")))
        if not self._is.seen.themes:
            self._paper.text(self._say(Message("还没有战略主题。")))
        for view in self._is.seen.themes:
            self._theme(view)

    def _theme(self, view: ThemeView) -> None:
        theme = view.theme
        self._paper.heading(theme.name, 2)
        layer = self._say(LAYER_NAMES[theme.layer]) if theme.layer else "—"
        lenses = self._joined([self._say(LENS_NAMES[Lens(lens)]) for lens in theme.lenses])
        self._paper.facts(
            [
                (self._say(Message("负责人")), theme.owner or "—"),
                (self._say(Message("指标")), theme.indicator or "—"),
                (self._say(Message("权重")), f"{theme.weight:g}%" if theme.weight else "—"),
                (self._say(Message("维度")), self._say(PERSPECTIVE_NAMES[theme.perspective])),
                (self._say(Message("层面")), layer),
                (self._say(Message("视角")), lenses or "—"),
            ]
        )
        self._findings([self._is.rows[one.finding.id] for one in view.members if one.finding.id in self._is.rows])

    def _ungrouped(self) -> None:
        rows = [self._is.rows[one.id] for one in self._is.seen.ungrouped if one.id in self._is.rows]
        if rows:
            self._paper.heading(self._say(Message("未归入主题的发现")), 2)
            self._findings(rows)

    def _findings(self, rows: Sequence[FindingRow]) -> None:
        of_kind = {kind: [row for row in rows if row.kind is kind] for kind in FindingKind}
        self._quoted(Message("出自"), of_kind[FindingKind.THEME])
        targets = [row for row in of_kind[FindingKind.TARGET] if row.measure]
        if targets:
            self._paper.heading(self._say(Message("量化目标")), 3)
            columns = self._head(
                (Message("指标"), 3.2),
                (Message("关系"), 1.1),
                (Message("数值"), 1.5),
                (Message("单位"), 1.2),
                (Message("期限"), 2.3),
                (Message("原文与出处"), 6.7),
            )
            self._paper.table(columns, [self._target(row) for row in targets], right=(2,))
        self._quoted(Message("核心任务"), of_kind[FindingKind.TASK])
        self._quoted(Message("能力要求"), of_kind[FindingKind.CAPABILITY])

    def _quoted(self, title: Message, rows: Sequence[FindingRow]) -> None:
        if not rows:
            return
        self._paper.heading(self._say(title), 3)
        for row in rows:
            names = self._say(Message("（{names}）", names=self._joined(row.competencies))) if row.competencies else ""
            names = names if row.kind is FindingKind.CAPABILITY else ""
            # Where nobody reworded it, the finding is the document's own words: they stand once.
            verbatim = _bare(row.text) == _bare(row.quote)
            self._paper.item((f"“{' '.join(row.quote.split())}”" if verbatim else row.text) + names)
            self._paper.note(self._places(row) if verbatim else self._cited(row))

    def _target(self, row: FindingRow) -> list[str]:
        measure = row.measure or {}
        value, unit = _as_written(measure["value"], measure["unit"], measure["unit_written"])
        return [measure["metric"], OPERATOR_SIGNS[measure["operator"]], value, unit, measure["deadline"] or "—", self._cited(row)]

    def _cited(self, row: FindingRow) -> str:
        """The document's own words and where they stand, and where else the same is demanded."""
        return self._say(Message("“{quote}”——{place}", quote=" ".join(row.quote.split()), place=self._places(row)))

    def _places(self, row: FindingRow) -> str:
        others = self._joined([self._place(other) for other in self._is.also.get(row.id or 0, ())])
        return self._place(row) + (self._say(Message("；另见{places}", places=others)) if others else "")

    def _place(self, row: FindingRow) -> str:
        return self._stands(self._is.documents[row.document_id], row.page, row.heading)

    def _stands(self, document: Document, page: int, heading: Sequence[str]) -> str:
        """Document, page where it has pages (a Word file is one long page), and the nearest heading."""
        parts = [self._say(Message("《{title}》", title=document.title))]
        if document.pages > 1:
            parts[0] = self._say(Message("《{title}》第 {page} 页", title=document.title, page=page))
        return ("，" if self._language == "zh" else ", ").join([*parts, *heading[-1:]])

    def _localised(self) -> None:
        self._paper.heading(self._say(Message("五、总行条款的本地化")))
        told = [(one.view.theme.name, clause) for one in self._is.local for clause in one.clauses if clause.text]
        if told:
            columns = self._head((Message("总行条款"), 5), (Message("分行版本"), 5.5), (Message("依据的分行事实"), 5.5))
            self._paper.table(columns, [self._clause(theme, clause) for theme, clause in told])
        else:
            self._paper.text(self._say(Message("还没有写过分行版本。")))
        for one in self._is.local:
            if one.lack is not None:
                lack = Message("“{theme}”还没有本地化：{lack}。", theme=one.view.theme.name, lack=LACK_NAMES[one.lack])
                self._paper.item(self._say(lack))

    def _clause(self, theme: str, clause: Clause) -> list[str]:
        fact = self._say(Message("依据的文件您不能查看")) if clause.hidden else "—"
        if clause.fact is not None:
            place = self._stands(self._is.documents[clause.fact.document_id], clause.fact.page, clause.fact.heading)
            fact = self._say(Message("“{quote}”——{place}", quote=" ".join(clause.fact.quote.split()), place=place))
        row = self._is.rows.get(clause.finding.id)
        words = self._cited(row) if row is not None else clause.finding.quote
        return [self._say(Message("{theme}：{words}", theme=theme, words=words)), clause.text, fact]

    def _conflicts(self) -> None:
        self._paper.heading(self._say(Message("六、文件之间的不一致")))
        if not self._is.conflicts:
            self._paper.text(self._say(Message("采纳的目标之间没有同一指标、同一期限而数值不同的情况。")))
            return
        self._paper.note(
            self._say(Message("同一指标、同一期限，不同文件给出了不同的数值；较新的文件（按成文日期，没有的按入库日期）在前。"))
        )
        columns = self._head((Message("指标"), 3), (Message("期限"), 2.3), (Message("数值"), 2.4), (Message("原文与出处"), 8.3))
        rows = [
            [one.metric, one.deadline, "".join(_as_written(measure["value"], measure["unit"], measure["unit_written"])), self._cited(row)]
            for one in self._is.conflicts
            for row in one.rows
            if (measure := row.measure)
        ]
        self._paper.table(columns, rows, right=(2,))

    def _focus(self) -> None:
        self._paper.heading(self._say(Message("七、锚定重点")))
        if not self._is.focus:
            self._paper.text(self._say(Message("还没有评出重点业务线和岗位。")))
            return
        columns = self._head(
            (Message("名次"), 1.2),
            (Message("业务线"), 2.2),
            (Message("岗位"), 2.7),
            (Message("得分"), 1.2),
            (Message("重要性"), 1.6),
            (Message("能力短板"), 2),
            (Message("涉及人数"), 2),
            (Message("锚定理由"), 4.6),
        )
        self._paper.table(columns, [self._focus_row(row, one) for row, one in self._is.focus], right=(0, 3, 4, 5, 6))
        weights = {short: f"{self._is.weights.of(part):.1f}".removesuffix(".0") for short, part in zip("igp", Part, strict=True)}
        self._paper.note(self._say(Message("得分 = {i} × 重要性 ÷ 5 + {g} × 能力短板 + {p} × 人数 ÷ 最多人数", **weights)))
        self._paper.note(self._say(Message("未知的一项不计入，其余权重折算为 100；分数只是参考，锚定由人决定并写明理由。")))

    def _focus_row(self, row: FocusRow, one: Ranked) -> list[str]:
        unknown = self._say(Message("未知"))
        gap = f"{row.gap_estimate:.0%}" if row.gap_estimate is not None else unknown
        people = f"{row.people:,}" if row.people is not None else unknown
        reason = (
            self._say(Message("{reason}（{who}）", reason=row.anchor_reason, who=shown_name(row.anchored_by))) if row.anchored_at else "—"
        )
        return [str(one.place), row.line, row.post, f"{one.score:.1f}", str(row.importance), gap, people, reason]

    def _appendix(self) -> None:
        self._paper.heading(self._say(Message("附录：没有收入本章的发现")))
        columns = self._head((Message("状态"), 3), (Message("条数"), 2), (Message("说明"), 11))
        told = (
            (FindingState.PENDING, Message("待确认"), Message("还没有人决定，采纳后才会进入本章")),
            (FindingState.REJECTED, Message("未采纳"), Message("看过，决定不用于本年度计划")),
            (FindingState.MERGED, Message("已合并"), Message("与另一条要求相同，出处并入那一条的“另见”")),
            (FindingState.ASIDE, Message("已搁置"), Message("看作已实现的结果、现状、长期门槛，或不成要求的句子")),
        )
        rows = [[self._say(name), f"{self._is.number(state):,}", self._say(why)] for state, name, why in told]
        self._paper.table(columns, rows, right=(1,))


def _as_written(value: float, unit: str, written: str) -> tuple[str, str]:
    """A value and its unit as the document has them: 480,000 户 written in 万户 is 48 万户."""
    for sign, size in (("亿", 1e8), ("万", 1e4), ("千", 1e3)):
        if written == sign + unit:
            return f"{value / size:,.10g}", written
    return f"{value:,.10g}", unit


def _bare(text: str) -> str:
    return "".join(one for one in text if one.isalnum())
