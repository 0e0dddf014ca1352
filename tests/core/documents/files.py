"""Real files of every kind, made with the libraries that offices use too."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pylopdf_fonts_zh_cn
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm
from reportlab.lib import pagesizes
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
WIDTH, HEIGHT = pagesizes.A4
LEFT, RIGHT, LEADING = 72, WIDTH - 72, 20
PARAGRAPH = (
    "到2028年末，全行零售客户资产管理规模达到一万亿元，年均增长百分之十五以上，财富客户突破六十二万户。"
    "各分行要把客户经理队伍建设摆在突出位置，持证上岗率不低于百分之九十五，并在每个季度末报告进展。"
)


class Pdf:
    """Writes a PDF line by line as a word processor sets it: indents, wrapped lines, running head and page number."""

    def __init__(self, path: Path, head: str = "示例银行发展战略规划") -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
        self.head = head
        self.page = 0
        self.y = 0.0
        self.new_page()

    def new_page(self) -> None:
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.canvas.setFont("STSong-Light", 9)
        if self.head:
            self.canvas.drawString(LEFT, HEIGHT - 40, self.head)
            self.canvas.drawCentredString(WIDTH / 2, 36, f"— {self.page} —")
        self.y = HEIGHT - 90

    def line(self, text: str, size: float = 12, left: float = LEFT) -> None:
        if self.y < 80:
            self.new_page()
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(left, self.y, text)
        self.y -= LEADING if size < 14 else size * 1.8

    def paragraph(self, text: str, size: float = 12) -> None:
        per_line = int((RIGHT - LEFT) / size)
        indented, first = text, True
        while indented:
            room = per_line - 2 if first else per_line
            self.line(indented[:room], size, LEFT + (2 * size if first else 0))
            indented, first = indented[room:], False

    def words(self, text: str, size: float = 12) -> None:
        """A paragraph of English, broken between words."""
        line = ""
        for word in text.split():
            if pdfmetrics.stringWidth(f"{line} {word}", "STSong-Light", size) > RIGHT - LEFT:
                self.line(line, size)
                line = ""
            line = f"{line} {word}".strip()
        self.line(line, size)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], height: float = 22) -> None:
        top = self.y + 14
        edges = [LEFT + sum(widths[:n]) for n in range(len(widths) + 1)]
        for number, row in enumerate(rows):
            self.canvas.setFont("STSong-Light", 10)
            for column, text in enumerate(row):
                self.canvas.drawString(edges[column] + 4, top - height * number - 15, text)
        for number in range(len(rows) + 1):
            self.canvas.line(edges[0], top - height * number, edges[-1], top - height * number)
        for edge in edges:
            self.canvas.line(edge, top, edge, top - height * len(rows))
        self.y = top - height * len(rows) - 24

    def save(self) -> None:
        self.canvas.save()


def strategy_pdf(path: Path) -> Path:
    """Six pages: title, contents with dots, two chapters with nested headings, a table over a page's end, an outline entry."""
    pdf = Pdf(path)
    pdf.canvas.setFont("STSong-Light", 22)
    pdf.canvas.drawCentredString(WIDTH / 2, 600, "示例银行发展战略规划（2026—2028年）")
    pdf.canvas.setFont("STSong-Light", 14)
    pdf.canvas.drawCentredString(WIDTH / 2, 300, "二〇二五年十二月")
    pdf.new_page()
    pdf.line("目  录", 16, 270)
    for text, page in (
        ("第一章 总体要求", 3),
        ("一、指导思想", 3),
        ("二、主要目标", 4),
        ("第二章 重点任务", 5),
        ("一、零售转型", 5),
    ):
        pdf.line(text + "." * 60 + str(page))
    pdf.new_page()
    pdf.line("第一章 总体要求", 18, 210)
    pdf.line("一、指导思想", 12, LEFT + 24)
    for _ in range(14):
        pdf.paragraph(PARAGRAPH)
    pdf.line("二、主要目标", 12, LEFT + 24)
    pdf.line("表1 主要指标", 10, 250)
    pdf.y -= 10
    pdf.table([("指标", "2025年", "2028年"), ("零售AUM（亿元）", "6,820", "10,800")], (180, 120, 120))
    pdf.new_page()
    pdf.table(
        [("指标", "2025年", "2028年"), ("财富客户（万户）", "42.6", "62.0"), ("不良率（%）", "1.28", "1.20")],
        (180, 120, 120),
    )
    pdf.new_page()
    pdf.canvas.bookmarkPage("task")
    pdf.canvas.addOutlineEntry("重点任务与分工", "task", level=0)
    pdf.line("重点任务与分工", 12, LEFT)
    pdf.line("（一）零售转型", 12, LEFT + 24)
    pdf.paragraph("加强县域支行名单制拓客，每月组织一次复盘。")
    pdf.words("Every relationship manager will complete the certified wealth planning programme before the end of June 2027.")
    pdf.save()
    return path


def two_column_pdf(path: Path) -> Path:
    """A bulletin: a title and a lead over the whole width, then two columns that each hold paragraphs; the second page goes on so."""
    pdf = Pdf(path, head="")
    pdf.line("滨海金融简报", 20, 220)
    pdf.paragraph("本期介绍网点转型和培训工作的进展，供各支行参阅，并请结合实际抓好落实工作，有关情况按季报告总行战略部。")
    column = (RIGHT - LEFT - 24) / 2
    tops = [pdf.y - 10, HEIGHT - 90]
    for number, paragraphs in enumerate((COLUMNS[:2], COLUMNS[2:])):
        lines = [line for text in paragraphs for line in _set(text, 11, column)]
        half = (len(lines) + 1) // 2
        for side, part in enumerate((lines[:half], lines[half:])):
            for down, (indent, line) in enumerate(part):
                pdf.canvas.setFont("STSong-Light", 11)
                pdf.canvas.drawString(LEFT + side * (column + 24) + indent, tops[number] - 18 * down, line)
        if number == 0:
            pdf.new_page()
    pdf.save()
    return path


COLUMNS = tuple(
    f"{lead}"
    + "各支行要继续开展名单制拓客，做到逐户上门，上门拜访覆盖率不低于80%，首次沟通有效率不低于六成。县域支行每月至少组织两次集中走访，"
    "走访情况当日录入客户关系管理系统，由网点负责人逐笔复核，未按时录入的不计入当月考核。"
    for lead in (
        "一季度新增企业客户1,260户。",
        "二季度新增企业客户980户。",
        "三季度新增企业客户1,105户。",
        "四季度计划新增企业客户1,400户。",
    )
)


def _set(text: str, size: float, width: float) -> list[tuple[float, str]]:
    """The lines of a paragraph as a word processor breaks them, each with its indent: no stop begins a line."""
    lines: list[tuple[float, str]] = []
    line, room = "", width - 2 * size
    for piece in re.findall(r"[\d,]+%?|.", text):
        if pdfmetrics.stringWidth(line + piece, "STSong-Light", size) > room and piece not in "，。、":
            lines.append((0.0 if lines else 2 * size, line))
            line, room = "", width
        line += piece
    return [*lines, (0.0 if lines else 2 * size, line)]


def aligned_pdf(path: Path) -> Path:
    """Two columns of words that line up without rules: a table, to be read row by row."""
    pdf = Pdf(path, head="")
    for number, (task, who) in enumerate(ALIGNED):
        pdf.line(f"{number + 1}. {task}", 12)
        pdf.y += LEADING
        pdf.line(who, 12, WIDTH / 2 + 20)
    pdf.save()
    return path


def scanned_columns_pdf(path: Path) -> Path:
    """A page that is only a picture of two columns, the first two of `COLUMNS`."""
    pdf = Pdf(path, head="")
    picture = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(picture)
    body = ImageFont.truetype(str(FONT), 24)
    for side, text in enumerate(COLUMNS[:2]):
        for down, (indent, line) in enumerate(_set(text, 24, 480)):
            draw.text((120 + side * 530 + indent, 200 + down * 44), line, font=body, fill=0)
    pdf.canvas.drawInlineImage(picture, 0, 0, WIDTH, HEIGHT)
    pdf.save()
    return path


ALIGNED = (
    ("完成网点智能化改造并通过验收", "渠道部"),
    ("新员工导师带教", "人力资源部会同各支行"),
    ("开展反洗钱轮训", "内控合规部"),
    ("县域支行名单制拓客", "公司金融部、普惠部"),
    ("上线资产配置工作台", "财富管理部"),
    ("建立讲师库", "培训中心"),
    ("制定岗位能力标准并发布试行", "人力资源部"),
)


def scanned_pdf(path: Path, text: str, title: str, typed_pages: int = 0) -> Path:
    """A page that is only a picture, after `typed_pages` pages of ordinary text."""
    pdf = Pdf(path, head="")
    for _ in range(typed_pages):
        pdf.paragraph(PARAGRAPH)
        pdf.new_page()
    picture = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((380, 120), title, font=ImageFont.truetype(str(FONT), 46), fill=0)
    body = ImageFont.truetype(str(FONT), 30)
    for number, start in enumerate(range(0, len(text), 32)):
        draw.text((130, 260 + number * 52), text[start : start + 32], font=body, fill=0)
    pdf.canvas.drawInlineImage(picture, 0, 0, WIDTH, HEIGHT)
    pdf.save()
    return path


def long_pdf(path: Path, pages: int) -> Path:
    pdf = Pdf(path)
    for number in range(1, pages + 1):
        pdf.line(f"{number}.1 第{number}项工作安排", 14)
        for _ in range(7):
            pdf.paragraph(PARAGRAPH)
        if number < pages:
            pdf.new_page()
    pdf.save()
    return path


def blank_pdf(path: Path, pages: int) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return path


def report_docx(path: Path) -> Path:
    """Styled and only bold headings, a merged table between paragraphs, automatic numbers, a page break, a deletion, a text box."""
    document = docx.Document()
    document.add_paragraph("2026年全行工作会议报告", style="Title")
    document.add_heading("一、2025年工作回顾", 1)
    document.add_paragraph("2025年零售AUM较上年增长28%。")
    table = document.add_table(rows=3, cols=3)
    for row, values in enumerate((("条线", "目标", ""), ("", "2026年", "2027年"), ("零售", "15%", "18%"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    document.add_heading("二、2026年工作安排", 1)
    bold = document.add_paragraph()
    bold.add_run("（一）加强县域支行队伍建设").bold = True
    document.add_paragraph("客户经理持证上岗率达到95%以上。")
    document.add_paragraph("完成名单梳理", style="List Number")
    document.add_paragraph("完成上门走访", style="List Number")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("三、保障措施", 1)
    changed = document.add_paragraph("培训费用总额为")
    for tag, text_tag, text in (("w:del", "w:delText", "300"), ("w:ins", "w:t", "360")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        changed._p.append(change)
    changed.add_run("万元。")
    hidden = document.add_paragraph("公开内容。").add_run("隐藏内容")
    hidden.font.hidden = True
    document.save(str(path))
    return path


_BOXED = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pict><w:txbxContent>
<w:p><w:r><w:t>行长批示</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>支行</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>理财经理</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>城东支行</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2人</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:txbxContent></w:pict></w:r>"""
_RUBY = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:ruby>
<w:rt><w:r><w:t>céng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>曾</w:t></w:r></w:rubyBase></w:ruby></w:r>"""


def boxed_docx(path: Path) -> Path:
    """A text box with a table in it, after a paragraph and within a table's cell; a name with its reading over it."""
    document = docx.Document()
    document.add_paragraph("见下框：")._p.append(parse_xml(_BOXED))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "备注"
    table.cell(0, 1).paragraphs[0]._p.append(parse_xml(_BOXED))
    document.add_paragraph()._p.append(parse_xml(_RUBY))
    document.save(str(path))
    return path


def fake_headed_docx(path: Path) -> Path:
    """No heading style anywhere: size, weight and numbers only; the styles declare nothing."""
    document = docx.Document()
    for text, size, weight in (
        ("培训管理办法", 22, True),
        ("第一章 总则", 16, True),
        ("为规范培训管理，制定本办法。本办法适用于分行全体员工。", 12, False),
        ("一、适用范围", 12, False),
        ("本办法适用于各部门、各支行。", 12, False),
        ("1. 计划管理", 12, True),
        ("每年十一月底前编制次年计划。", 12, False),
        ("表1 计划编制时间表", 12, True),
        ("第二章 附则", 16, True),
        ("本办法由人力资源部负责解释。", 12, False),
    ):
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = weight, Pt(size)
    document.save(str(path))
    return path


def retail_pptx(path: Path) -> Path:
    """Cards in two columns, a grouped shape, a table with a merged cell, a chart, notes and a hidden slide."""
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "零售条线三年行动方案"
    first.placeholders[1].text_frame.text = "客群扩面：新增有效客户60万户"
    first.placeholders[1].text_frame.add_paragraph().text = "财富管理：AUM突破1万亿元"
    first.notes_slide.notes_text_frame.text = "讲解时强调县域支行的差异化打法。"
    cards = show.slides.add_slide(show.slide_layouts[5])
    cards.shapes.title.text = "两类队伍"
    for left, title, body in ((2, "理财经理", "每人管户300户"), (13, "县域客户经理", "每月上门20户")):
        cards.shapes.add_textbox(Cm(left), Cm(5), Cm(9), Cm(1)).text_frame.text = title
        cards.shapes.add_textbox(Cm(left), Cm(7), Cm(9), Cm(3)).text_frame.text = body
    group = cards.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(2), Cm(13), Cm(20), Cm(1)).text_frame.text = "组内文字：先训后战"
    tables = show.slides.add_slide(show.slide_layouts[5])
    tables.shapes.title.text = "目标分解"
    table = tables.shapes.add_table(3, 3, Cm(2), Cm(5), Cm(20), Cm(4)).table
    for row, values in enumerate((("机构", "2026年", "2027年"), ("滨海分行", "120", "150"), ("合计", "870", ""))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(2, 1).merge(table.cell(2, 2))
    data = CategoryChartData()
    data.categories = ["2025年", "2026年"]
    data.add_series("持证率", (0.88, 0.95))
    tables.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(11), Cm(15), Cm(6), data)
    for number, slide in enumerate(show.slides, start=1):
        slide.shapes.add_textbox(Cm(1), Cm(18), Cm(20), Cm(1)).text_frame.text = f"示例银行零售金融部｜{number}"
    secret = show.slides.add_slide(show.slide_layouts[5])
    secret.shapes.title.text = "备用页"
    secret.element.set("show", "0")
    show.save(str(path))
    return path


def appraisal_xlsx(path: Path) -> Path:
    """A title over merged headers, percentages, thousands, a date, a formula never calculated, and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "考核指标"
    sheet["A1"] = "2027年分支机构考核指标表"
    sheet.merge_cells("A1:E1")
    sheet.append(["指标", "目标", None, "权重", "生效日期"])
    sheet.append([None, "2026年", "2027年", None, None])
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("D2:D3")
    sheet.merge_cells("E2:E3")
    sheet.append(["客户数（户）", 12000, 15500, 0.125, None])
    sheet.append(["不良率", 0.0128, 0.012, 0.4, None])
    sheet.append(["合计", None, "=B4*2", None, None])
    for cell in ("B4", "C4"):
        sheet[cell].number_format = "#,##0"
    for cell in ("B5", "C5"):
        sheet[cell].number_format = "0.00%"
    for cell in ("D4", "D5"):
        sheet[cell].number_format = "0.0%"
    sheet["E4"] = datetime.datetime(2027, 3, 12)
    sheet["A8"] = "注：权重由总行人力资源部核定。"
    other = book.create_sheet("扣分规则")
    other.append(["事项", "扣分"])
    other.append(["迟报", 0.5])
    other.sheet_state = "hidden"
    book.save(path)
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> Path:
    """The zip file at `path` with every entry as `change(name, content)` returns it, and with `extra` entries."""
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(entry, old.read(entry)))
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return path


def numbered_docx(path: Path) -> Path:
    """Headings whose 第一章 and 一、 Word counts itself, and a rendered page break inside a paragraph."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for depth, label in enumerate(("第%1章", "%2、")):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", "chineseCounting"), ("w:lvlText", label)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    numbering.insert(0, abstract)
    listed = OxmlElement("w:num")
    listed.set(qn("w:numId"), "91")
    target = OxmlElement("w:abstractNumId")
    target.set(qn("w:val"), "90")
    listed.append(target)
    numbering.append(listed)
    for text, level in (("总则", 1), ("目的", 2), ("依据", 2), ("计划管理", 1), ("编制", 2)):
        heading = document.add_heading(text, level)
        properties = heading._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level - 1
        properties.get_or_add_numId().val = 91
    paragraph = document.add_paragraph("这一段话从前一页开始，")
    run = paragraph.add_run()
    run._r.append(OxmlElement("w:lastRenderedPageBreak"))
    paragraph.add_run("到后一页结束。")
    document.save(str(path))
    return path
