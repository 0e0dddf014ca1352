"""Characters as a reader expects them: no controls, no invisible marks, radicals and ligatures as ordinary letters."""

from __future__ import annotations

import re
import unicodedata

from core.documents.parsed import TextLanguage

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SYMBOL_BULLETS = re.compile("[\uf06c\uf06e\uf075\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]")
# Fonts of PDF files often map a character to the radical of the same shape; only part of these have a Unicode decomposition.
_FOREIGN_SHAPES = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufb06]")
_RADICALS = dict(
    zip(
        "⺁⺄⺅⺈⺌⺍⺒⺓⺕⺙⺛⺝⺟⺠⺢⺣⺥⺦⺩⺪⺫⺬⺭⺮⺯⺰⺲⺶⺸⺹⺻⺼⺾⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙亻刀小小巳幺彐攵旡月母民氵灬爫丬王疋目示礻竹糹纟罒羊羊耂聿月艹虎衤覀西见角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)


def clean(text: str) -> str:
    """`text` with ordinary line ends and spaces, and without characters that nobody can see or that UTF-8 cannot hold."""
    text = _NEWLINES.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _SYMBOL_BULLETS.sub("•", text)
    return _FOREIGN_SHAPES.sub(lambda match: _ordinary(match[0]), text)


def one_line(text: str) -> str:
    """`text` cleaned, on one line, with single spaces and none at its ends."""
    return " ".join(clean(text).split())


def template(text: str) -> str:
    """What lines such as a running head have in common from page to page: letters only, numbers as #."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(character for character in re.sub(r"\d+", "#", plain) if character.isalnum() or character == "#")


def is_wide(character: str) -> bool:
    """Whether a character is set without spaces around it: Chinese, Japanese, full-width forms and their punctuation."""
    return character >= "\u2e80" and unicodedata.east_asian_width(character) in "WF"


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph as running text: no space beside Chinese, one between words, a hyphen at a line's end undone."""
    if not first or not second:
        return first or second
    if first.endswith("-") and first[-2:-1].isalpha() and second[0].islower():
        return first[:-1] + second
    tight = is_wide(first[-1]) or is_wide(second[0]) or first[-1] in "“‘(" or second[0] in "”’),."
    return first + ("" if tight else " ") + second


def with_usual_shapes(text: str) -> str:
    """A text out of a PDF with 戶 as 户 and ― as —, character for character, when it is written in simplified Chinese.

    Fonts draw both of a pair with one glyph, and the producer of the file may have noted the wrong one.
    """
    simplified = sum(text.count(character) for character in "国业务们与发会为时对产开关员")
    traditional = sum(text.count(character) for character in "國業務們與發會為時對產開關員")
    return text.replace("戶", "户").replace("―", "—") if simplified > 5 * traditional else text


def language_of(text: str) -> TextLanguage:
    """`zh` when at least a tenth of the letters are Chinese, else `en`."""
    chinese = sum(1 for character in text if "\u4e00" <= character <= "\u9fff")
    letters = sum(1 for character in text if character.isalpha())
    return "zh" if letters == 0 or chinese >= letters * 0.1 else "en"


def _ordinary(character: str) -> str:
    return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
