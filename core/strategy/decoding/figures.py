"""Which figures of a clause are none that somebody has to reach: counts of aspects, conditions, scores, prices, how a thing is arranged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.patterns import lazily
from core.strategy.decoding.chinese_dates import is_in_name
from core.strategy.decoding.clauses import Clause
from core.strategy.decoding.dates import Moment
from core.strategy.decoding.operators import is_level
from core.strategy.decoding.quantities import Quantity, Sort, measured, quantities

_ASPECTS = lazily(
    r"^(?:大|个|项|类|条|种|支|门|块)?(?:方面|问题|原则|关系|环节|维度|层次|步骤|板块|领域|阶段|类别|抓手|支撑|要素|专题|主题|字|不|"
    r"坚持|结合|统一|转变|能力|本领|技能|层级|级(?!以|支行)|角度|条线|核心能力|短板|主链|主线|"
    r"旅程|队伍|方式|考试|行业的|岗位|凭据|保障|关|类|档|步|体系|目标|任务|指标|措施|举措|意见|建议|要求|事(?![业务])|指令|路径|模式|"
    r"中心任务|战略)(?=[^\u4e00-\u9fff]|$|[抓入发推上着下的来加持做和与及一同])"
)
# Who or what a rule applies to, and from where on: 费用在5万元以上的项目, 凡是单户500万元以上, 低于70%的，予以免职.
_CONDITION_ALWAYS = lazily(
    r"^[\u4e00-\u9fff]{2,8}担任|^[^，。]{0,12}的(?:项目|业务|情形|人员|员工|机构|客户经理|理财经理)，|"
    r"^[\u4e00-\u9fff]{2,8}[里中](?:[，面]|$)|^(?:及?以上|以下|以内|以外)?的(?=[，。；]|$|按|不|由|暂停|予以|给予|取消|应|须|可|报|"
    r"直接|一律|纳入|指标|该项|扣|减|加|罚|要|重|退)|^的[\u4e00-\u9fff]{2,6}由|^(?:考核|计分|"
    r"折算|封顶|计(?!划))|^(?:及?以[上下]的?)?(?:不得分|不计分|得[0零满]分|不予)|^的?奖励|^[^，。；]{0,12}的，"
)
# 同意、出席 of so many decide something; 3个及以上产品的占比 is a name; 11套台账并成一套 leaves fewer.
_NAMED_AFTER = lazily(
    r"^(?:及?以上|以下|以内)?(?:同意|出席|表决)|^(?:及以上|以上|以下|以内)[\u4e00-\u9fff]{1,8}的(?:[^，。]{0,8}[率比例重]|客户|贷款)|"
    r"^[\u4e00-\u9fff]{0,8}(?:并成|合并|整合[成为]|合成|归并)|^[^，；]{1,12}的$|^的(?:团队|机构|支行|分行|网点|部门|单位|中心|条线|"
    r"岗位|经理|柜员|学员|班级|课程|产品|企业|人员|员工|客户|"
    r"项目)$"
)
_CONDITION_AFTER = lazily(
    r"^(?:及?以上|以下|以内|以外)(?:的(?![水目])|或者|者|且[^，]{1,16}的|并[^，]{1,16}的|新增授信|的?[小大零]?(?:需求|额度)|"
    r"(?=[\u4e00-\u9fff]{0,6}(?:客户|企业|项目|单位|人员|事件|案件))|贷款(?!余额|"
    r"占比))|^或者"
)
_CONDITION_BEFORE = lazily(
    r"管户[^，。]{0,3}不得?超过$|按[^，。]{1,8}的$|每[劣低高超少多]|凡|每期|每批|每个?小?组|每队|每个?班|每笔|每次|"
    r"每个项目|逾期$|排名前|前$|"
    r"后$|位列前|本[办方细]|适用于|"
    r"(?:(?<!加权)(?<!加权平均)利率|费率|年化|起存|起购|(?:最高|单笔|授信|贷款|可贷)额度|课酬|手续费率|工本费|上浮|下浮|折扣|违约金|"
    r"罚款)[\u4e00-\u9fff]{0,8}$|授信余额不得超过|"
    r"监管(?:要求|标准|红线|规定|[上下]限)|审批权限|限额|(?:考核|评价|参评|奖励|统计|适用)(?:对象|范围)[是为]?[\u4e00-\u9fff]{0,8}$|"
    r"权重(?:不低于|不少于|不超过|不高于|"
    r"[为占是])?$|年费|工本费|轮岗期限|强制休假|奖励总额|(?:总分|满分|最[高低]|"
    r"封顶)[为是]?$|权重的?$|最高不超过|(?:下放|授权|分)[到给至]$|"
    r"适用对象|每[户笔张单件][^，。]{0,8}(?:成本|费用)|(?:成本|费用)[^，。]{0,4}每[户笔张单件]|费用按[^，。]{0,20}$|准入费用|"
    r"(?:扣|(?<![增追新参])加|得|占|(?<![手笔日札标])记|权重|满分|最多扣|封顶|按|按照)\s*$|(?:班次|每班|"
    r"班级)人数[\u4e00-\u9fff]{0,3}不超过$|(?:优秀|良好|合格|"
    r"[A-D]级)(?:等次)?(?:比例|占比|名额)不(?:超过|高于)$"
)
# 单笔不超过500万元 says what a rule applies to; how long one takes, its share or its cost is measured.
_SINGLE = lazily(r"单[笔户张科期次项一个](?![^，。]{0,12}(?:成本|产能|造价|能耗|耗时))")
# 若利率再降30个基点: nobody plans it.
_SUPPOSES = lazily(r"(?:若|如果|假如|假设|倘若|一旦)(?!干)")
# The market's figures are nobody's aim.
_MARKET = lazily(
    r"^(?:预计|未来|今后)?[\u4e00-\u9fff]{0,6}(?:行业|(?<!向)(?<!从)同业|标杆银?行|对标银?行|全国|(?<!覆盖)(?<!服务)(?:全省|全市)(?!员工|干部|网点|支行|系统|各|辖|机构|条线)|"
    r"市场(?=规模|容量|增[长速]|平均|利率|总|预计|空间|份额最)|GDP|CPI|社会融资规模)(?![银信金部专研认经客])"
)
# How a thing is arranged: 分四期, 第一期32人, 脱产三周, 时间三个月; how long somebody has worked.
_ARRANGED = lazily(
    r"(?:分(?:成|为)?|第[一二三四五六七八九十\d]+[期批轮次]|首期|每期|每批|每班|为期|脱产|集中|时间|连续|周期|用时|历时|每隔|每[满次]|"
    r"岗位实战|学习|任职|从业|工作|(?<![训习学练课])满|未满|年龄|第|共计?(?=.{0,3}章)|近)\s*$"
)
_EXPERIENCE = lazily(r"^(?:及?以上)?(?:的?(?:工作|从业|管理|相关|[\u4e00-\u9fff]{2,6})?(?:经验|经历|工龄|岁)|[，；。]?$)")
_AGE = lazily(r"^(?:周)?岁|^(?:以[上下])?(?:年龄|学历)")
# 自主开发的客户由38家: the last word for from is the one.
_FROM = lazily(r"(?:由|从|自)[^，。；由从]{0,14}?$")
_CHANGES = lazily(
    r"^\s*(?:的水平|左右|逐步|再|进一步|稳步|大幅|以上)*\s*(?:→|->|—>|提|增|上升|升|降|压|扩|缩|减|配|调|做到|回升|回落|收窄|拓|到|至|"
    r"发展|充实|壮大|精简|下降|攀升|改|回到|回归|往|向|[\u4e00-\u9fff]{1,3}(?:到|至|为|成)\s*$)"
)
# 316个砍到150个以内, 2.2个做到3个: without the word for from.
_TO_ANOTHER = lazily(r"^[\u4e00-\u9fff]{0,4}?(?:[砍减做压降缩提升增扩拉追调改]|提高|降低|增加|减少|压缩|缩短)[到至成]\s*$")
_COMPARED = lazily(r"(?:比(?![例重率])|较)[^，。；\d]{0,6}(?:20\d\d年)?[^，。；\d]{0,6}的$")
# 对KS值低于0.25的下线: whom it concerns; 达到80%的目标 is an aim.
_THOSE_WITH = lazily(r"(?:超过|超出|低于|高于|不足|大于|小于|达到|达|满)\s*$")
_OF_AN_AIM = lazily(r"^的(?:[\u4e00-\u9fff]{0,4}(?:目标|水平|要求|标准|增长|增速|底线)|[，。；]|$)")
_WEIGHT = lazily(r"权重")
_ARROW = lazily(r"^\s*(?:→|->|—>|⇒)")
# 存量26万户中激活4万户, 180个网点中的60个: of how many.
_OF_WHOM = lazily(
    r"^(?:[至到~—-]\d[\d.]*[万亿]?元)?(?:及?以[上下内])?的?(?:客户|客群|小微|商户|储户)|"
    r"^及?以[上下]的?(?:大额|大户|单户|[\u4e00-\u9fff]{0,3}贷(?!款余额)|存款(?!余额))|^及?以[上下]的(?=\d)"
)
# 逾期60天以内贷款, 90天以上逾期与不良之比: how long overdue tells loans apart.
_OVERDUE_BEFORE, _OVERDUE_AFTER = lazily(r"(?:逾期|账龄|欠息|(?<!延长)期限)$"), lazily(r"^(?:及?以[上下内])?的?(?:逾期|欠息|贷款)")
_STRETCH = lazily(r"^(?:这一?[段档层类]|之间|区间|段|档|的?(?:客户|客群|存款|贷款)(?!\d))")
_IDIOM = lazily(r"^[一二两三百千万][\u4e00-\u9fff](?![\u4e00-\u9fff]*\d)")
_DEALT_WITH = lazily(r"^(?:及?以[上下内])?的?(?:当[天日]|次日|即时|实时|[\d一二两三四五六七八九十]+个?(?:工作日|小时|分钟|天|日))")
_PAID = lazily(r"(?:奖励|奖金|补贴|津贴|罚款?|扣减|扣罚|计价)(?!经费|预算)[\u4e00-\u9fff]{0,10}(?:\d+万元、)*$")
_CHANGING = lazily(r"(?:下降|压降|降低?|收窄|提升|提高|上升|回升)(?:不低于|不少于|至少)?$")
# 人均参训两次以上; 三级以上事件 says which.
_ENDS_BOUND = lazily(r"^及?以[上下内](?=\W|$)")
_BOUND_AFTER = lazily(r"^及?以[上下内](?![的者])")
# 覆盖60%的岗位: how many are reached is no name.
_REACHES = lazily(r"(?:覆盖|惠及|服务|触达|轮训|培训)$")
# 在现有21%的基础上再提高4个百分点: where it starts from.
_ON_TOP = lazily(r"^\s*的?基础上")
_TODAYS = lazily(r"[，]?在(?:现有|目前|当前|去年|上年末?|年初)?(?:的)?$")
_MERGED = lazily(r"(?:整合|合并|归并|重组|并)[为成]$")
_STOCK = lazily(r"^[\u4e00-\u9fff]{0,8}中的?(?=[\u4e00-\u9fff]{0,8}\d)")
# 开办两期, 引进三名: so many there are to be, also where the number is small and written in words.
_SET_UP = lazily(
    r"(?:办|建|设|开|新设|新建|举办|组建|建成|轮训|组织|开办|完成|扩大到|增加|新增|引进|引入|招聘|招收|选[派聘拔送]|配备|增配|派驻|派出|抽调|"
    r"(?:全年|[上下]半年)(?:再|至少|计划)?|先到位|再[办做开建])$"
)
_STUDIED = ("学时", "课时", "学分")
_NUMERAL_NEEDS, _NAME = 10, 24


@dataclass(frozen=True)
class Figure:
    """A quantity that may be an aim. `before` is what stands before it in its clause, from the figure before on; `baseline` the figure
    that it starts from; `condition`: it says to whom a rule applies, and is kept aside."""

    quantity: Quantity
    before: str
    after: str
    baseline: float | None = None
    condition: bool = False


def figures(clause: Clause, dates: Sequence[Moment]) -> Iterator[Figure]:
    """The figures of a clause that may be aims; `dates` are those of its sentence."""
    found = [one for one in quantities(clause.text) if not _is_no_aim(clause, one, dates)]
    position, baseline, lead = 0, None, ""
    for at, one in enumerate(found):
        before, after = _ON_TOP.sub("", clause.text[position : one.start]), clause.text[one.end :]
        following = found[at + 1] if at + 1 < len(found) else None
        if following is not None and _is_start(before, clause.text[one.end : following.start], same=one.unit == following.unit):
            baseline, lead, position = _starting(one, following), _TODAYS.sub("", _FROM.sub("", before)), one.end
            continue
        if _COMPARED.search(before):
            # 比2025年的312件减少三分之一, 较2031年的86.4%有明显提升: what it is compared with.
            baseline = float(one.value) if following is not None and one.unit == following.unit else None
            lead, position = _COMPARED.sub("", before), one.end
            continue
        if one.sort is Sort.COUNT and following is not None and (stock := _STOCK.match(after)):
            position = one.end + stock.end()
            continue
        if _is_counted_aspect(one, before, after):
            continue
        if one.up_to is not None and (rising := _FROM.search(before)):
            # 从4,200亿到8,000亿 is no range.
            verb = "提高到" if one.up_to > one.value else "降到"
            yield Figure(replace(one, value=one.up_to, up_to=None), f"{before[: rising.start()]}{verb}", after, float(one.value))
            baseline, lead, position = None, "", one.end
            continue
        # 单笔贷款审批环节由9个减到5个: what changes from so much is no condition.
        condition = _is_of_a_score(clause, one) or (baseline is None and _is_condition(clause.text[: one.start], before, after, one))
        yield Figure(one, f"{lead}{before}", after, baseline, condition)
        position = position if condition else one.end
        baseline, lead = None, ""


def _starting(one: Quantity, following: Quantity) -> float:
    """The figure that another one starts from, in its unit: 19.4亿 before 26亿元."""
    same_scale = following.sort is Sort.MONEY and one.sort is not Sort.MONEY and following.unit.startswith(one.unit_written or "-")
    return float(one.value / measured(Decimal(1), one.unit_written)[0]) if same_scale else float(one.value)


def supposes(words: str) -> bool:
    """Whether a clause only supposes something, so that what follows is no aim."""
    return bool(_SUPPOSES.match(words))


def _is_no_aim(clause: Clause, quantity: Quantity, dates: Sequence[Moment]) -> bool:
    at = clause.start + quantity.start
    before, after = clause.text[: quantity.start], clause.text[quantity.end :]
    # 压缩到3天以内 is a level, 3天以内完成 a date; 5个工作日内核查率 is a name.
    if any(moment.start <= at < moment.end and not (moment.relative and is_level(before)) for moment in dates):
        return True
    if quantity.sort is Sort.DURATION and (is_in_name(clause.text, quantity.end) or before.endswith("每")):
        return True
    # 千人千面, 一户一策: a figure of speech.
    if quantity.numeral and _IDIOM.match(after):
        return True
    # 20万到100万这一段: a range that says who is meant; 保持在35%至40%之间 is a level.
    if quantity.up_to is not None and _STRETCH.match(after) and not before.endswith("在"):
        return True
    if _tells_which(quantity, before, after):
        return True
    # （人均2户）, （30天内）: what stands in brackets explains the figure or the name beside it.
    if before.count("（") + before.count("(") > before.count("）") + before.count(")"):
        return True
    # 迈上百亿台阶 is an image.
    if clause.text[quantity.end - 1 : quantity.end + 1] == "台阶" or (quantity.numeral and re.match(r"台阶|大关|俱乐部|方阵", after)):
        return True
    # “百名青年训练营”: part of a name.
    opened = before.rfind("“")
    if opened > before.rfind("”") and (quantity.numeral or 0 < opened > clause.text.find("”") - _NAME) and quantity.unit_written != "零":
        return True
    return (quantity.unit == "日" and before.endswith("月")) or (quantity.unit == "年" and bool(re.match(r"[级期内来前后]|报", after)))


def _tells_which(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a sum or a period only says which loans or customers are meant."""
    if quantity.sort is Sort.DURATION:
        return bool(_OVERDUE_BEFORE.search(before) or _OVERDUE_AFTER.match(after))
    # 100万元以下当天办结, 100万至500万元两个工作日内办结: what is dealt with in so long.
    # 1万元至5万元客户, 5万元以上的1.2万户: who is meant.
    return quantity.sort is Sort.MONEY and bool(_DEALT_WITH.match(after) or _OF_WHOM.match(after))


def _is_start(before: str, between: str, *, same: bool) -> bool:
    """Whether a figure is where the next one starts from: 由31%提高到45%, 62%→80%."""
    return bool(
        _ARROW.match(between)
        or (same and _TO_ANOTHER.match(between))
        or _ON_TOP.match(between)
        or (_FROM.search(before) and _CHANGES.match(between))
    )


def _is_condition(whole: str, before: str, after: str, quantity: Quantity) -> bool:
    # 奖励3万元, 奖励费用总额不超过120万元: what is paid for it.
    if quantity.sort is Sort.MONEY and _PAID.search(whole):
        return True
    # 结算性存款占六成以上: a share with a bound is an aim, 占10分 a weight.
    if (
        quantity.sort is Sort.SHARE
        and before.endswith("占")
        and (_BOUND_AFTER.match(after) or quantity.unit_written == "成")
        and not supposes(whole)
    ):
        return False
    # 贷款利率下降20个基点: a price that is to change.
    if quantity.sort is Sort.POINTS and _CHANGING.search(before) and not (supposes(whole) or _MARKET.search(whole)):
        return False
    single = quantity.sort in (Sort.MONEY, Sort.COUNT, Sort.SCORE) and _SINGLE.search(whole)
    if single or supposes(whole) or any(pattern.search(whole) for pattern in (_CONDITION_BEFORE, _MARKET)) or _AGE.match(after):
        return True
    if _CONDITION_ALWAYS.match(after) or (_NAMED_AFTER.match(after) and not _REACHES.search(before)):
        return True
    # 35岁以下: who is meant; 平均年龄降到42岁 is a level.
    if (quantity.sort is Sort.SCORE and whole.endswith("计")) or (quantity.unit == "岁" and not is_level(before)):
        return True
    if after.startswith("的") and _THOSE_WITH.search(before) and not _OF_AN_AIM.match(after):
        return True
    if quantity.sort is Sort.DURATION and (_ARRANGED.search(before) or (quantity.unit == "年" and _EXPERIENCE.match(after))):
        return True
    if _ARRANGED.search(before) and quantity.sort is Sort.COUNT and quantity.unit not in _STUDIED:
        return True
    return bool(_CONDITION_AFTER.match(after)) and not is_level(before)


def _is_of_a_score(clause: Clause, quantity: Quantity) -> bool:
    """权重由3%提高到6%: how much counts in a score."""
    return quantity.sort is Sort.SHARE and bool(_WEIGHT.search(clause.text[: quantity.start]))


def _is_counted_aspect(quantity: Quantity, before: str, after: str) -> bool:
    """三个方面, 四支队伍, 七项核心能力; small numbers in words count only with a bound or where something is to be set up."""
    if quantity.sort is Sort.SCORE and quantity.numeral:
        return True
    if quantity.sort is not Sort.COUNT and not (quantity.numeral and quantity.sort is Sort.DURATION):
        return False
    # 对公开户、变更等14类业务 counts what was listed.
    if _MERGED.search(before):
        return True
    if before.endswith("等") and quantity.unit in ("类", "项", "个", "种", "家", "款"):
        return True
    if quantity.unit == "遍" or (_ASPECTS.match(after) and not is_level(before)):
        return True
    # 每周组织一次 without 至少 is how often a thing is done, not how much is to be reached.
    if quantity.unit in ("次", "场", "期") and re.search(r"每(?:[季月年周日天]|半年|两)", before) and not is_level(before):
        return not re.match(r"[及以]", after)
    if quantity.numeral and quantity.value < 2 and not is_level(before):
        return True
    small = quantity.numeral and quantity.value < _NUMERAL_NEEDS
    return small and not (is_level(before) or _SET_UP.search(before) or _ENDS_BOUND.match(after))
