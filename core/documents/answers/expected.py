"""What kind of thing an answer must contain: an amount of money, a share, an age, a date, a person, a place …

A sentence about the right subject that has no such thing does not answer, however near it is: 核心系统切换花了多少钱 is not
answered by the sentence that says when the system was switched over.
"""

from __future__ import annotations

import re

from core.documents.answers.numbers import DIGITS, has_date, has_number
from core.documents.answers.question import Question
from core.documents.answers.sentences import Unit
from core.documents.grams import normalise
from core.patterns import lazily

_NUMBER = rf"(?:\d|[{DIGITS}])[\d.,]*\s*(?:多|余|数)?[十百千万亿]*(?:多|余)?\s*"

# A question's wording → what the sentence must hold. For a table row the unit may stand in the label or in the header.
_MEASURES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        lazily(
            r"占比|比例|比重|百分|同比|增速|增长率|[\u4e00-\u9fff]率(?!先)|"
            r"share of|percentage|proportion|\brates?\b|\bratio"
        ),
        rf"{_NUMBER}(?:%|‰|‱|个?百分点|个?基点|成(?![立为果本])|percent|倍)|百分之|[万千]分之|[(（](?:%|‰|‱|万分之|比例)",
    ),
    (
        lazily(
            r"多少钱|薪|工资|津贴|补贴|费用|使用费|课时费|加班费|花了|价格|单价|课酬|奖金|预算|罚款|"
            r"how much (money|does|did|do|is .* paid)|\bcosts?\b|salary|"
            r"\bfees?\b|\bprice|allowance|budget"
        ),
        rf"{_NUMBER}(?:美?元|块|角|yuan|euro|dollar)|[$€¥]\s*\d|(?:eur|usd|rmb|cny)\s*\d|%|减半|[(（][万亿]?美?元",
    ),
    (lazily(r"年龄|多少岁|几岁|\bage\b|how old"), rf"{_NUMBER}(?:周?岁|years)|[(（]岁"),
    (lazily(r"面积|square"), r"平方|亩|公顷|square|㎡|m2"),
    (
        lazily(
            r"多少人|几人|几个人|人数|多少名|几名|几位|多少员工|多少客户经理|"
            r"how many (people|employees|staff|persons)|headcount"
        ),
        rf"{_NUMBER}(?:人|名|位|个)|[(（]万?人|people|employees|staff|\d",
    ),
    (lazily(r"多少户|几户|户数"), rf"{_NUMBER}户|[(（]万?户"),
    (lazily(r"多少台|几台"), rf"{_NUMBER}台|[(（]台"),
    (lazily(r"多少张|几张"), rf"{_NUMBER}张|[(（]万?张"),
    (
        lazily(r"多少(?:个)?学时|几(?:个)?学时|学时(?:是|要求)|how many hours"),
        rf"{_NUMBER}(?:个)?(?:学时|课时|小时)|学时|hours",
    ),
    (
        lazily(r"多久|多长时间|几天|多少天|时限|期限|几年|how long|how many days"),
        rf"{_NUMBER}(?:个)?(?:工作)?(?:日|天|年|月|小时|分钟|周|星期)|半年|[(（](?:天|年|分钟|小时)|"
        rf"[{DIGITS}\d]\s*(?:days|months|weeks|hours|minutes|years)|\bdays\b",
    ),
    (
        lazily(r"几次|多少次|how often|how many times"),
        rf"{_NUMBER}(?:次|回|轮|场)|每[年月季周季日]|半年|季度|月度|年度|annual|each|every|times|once|twice",
    ),
)

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾"
    "彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_ROLE = (
    "行长|董事长|总经理|经理|主任|主席|部长|组长|监事长|总裁|书记|处长|科长|"
    "负责人|先生|女士|同志|老师|"
    "president|chairman|director|mr|ms|mrs|dr"
)
_PERSON = lazily(
    rf"(?:{_ROLE})(?:[:：、(（ ]|是|为|由)\s*[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])|"
    rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:{_ROLE})"
    rf"|[{_SURNAMES}]某"
)
_ASKS_NAME = lazily(
    r"是谁[?？。]?$|谁是|叫什么|姓名|名字|who (?:is|was|are|were) the|"
    r"name of the (?:president|chair|director|manager|head|ceo)|who wrote"
)
_ACTOR = lazily(
    r"部|办公室|中心|委员会|小组|专班|行长|董事|经理|总|领导|会|岗|人员|负责|主任|主管|机构|单位|分行|支行|公司|团队|导师|board|head|manager|committee|department|officer|executive"
)
_ANSWERABLE = lazily("部门|牵头|责任|负责|单位|主体|主管|分管|联系人|讲师|导师|department|owner|responsible|lead")
_ASKS_PLACE = lazily(r"在哪里|在哪儿|哪个城市|哪座城市|地址|什么地方|which city|where (?:is|are)")
_PLACE = lazily(r"[\u4e00-\u9fff]{2,}(?:省|市|区|县|镇|乡|村|路|街|大厦|园区|楼)|\d+号|总行|street|city|avenue")
_ASKS_COMPANY = lazily(
    r"哪家(?:公司|供应商|厂商|机构|医院|大学)|供应商是|供应商|厂商|"
    r"which (?:vendor|company|supplier|hospital|university)"
)
_COMPANY = lazily(r"公司|集团|供应商|厂商|医院|大学|学院|vendor|supplier|ltd|inc\b|hospital|university")


def fit(question: Question, unit: Unit) -> float:
    """1: the sentence holds what kind of thing is asked for; 0: it does not; 0.5: no particular kind is asked for."""
    text = normalise(unit.text)
    found = [pattern.search(text) is not None for asked, pattern in _NAMED if asked.search(question.text)]
    if question.kind == "time":
        found.append(has_date(text))
    elif question.kind == "who" and not found:
        found.append(_names_actor(unit, text))
    elif question.kind == "number":
        found.extend(_amounts(question, unit, text))
    return 0.5 if not found else float(all(found))


def _names_actor(unit: Unit, text: str) -> bool:
    """Whether somebody is named. The label of a table's row is what the row is about, and names nobody who does it: 城东支行 | 45 | 30."""
    if unit.table is None or _ANSWERABLE.search(f"{normalise(unit.before)} {text}"):
        return _ACTOR.search(text) is not None
    return _ACTOR.search(text.partition(" | ")[2]) is not None


_NAMED = ((_ASKS_NAME, _PERSON), (_ASKS_PLACE, _PLACE), (_ASKS_COMPANY, _COMPANY))


def _amounts(question: Question, unit: Unit, text: str) -> list[bool]:
    beside = f"{text} {normalise(unit.before)}" if unit.table else text
    measures = [pattern for asked, pattern in _MEASURES if asked.search(question.text)]
    return [
        has_number(text),
        *([any(re.search(pattern, beside) is not None for pattern in measures)] if measures else []),
    ]
