"""What a figure measures: the noun phrase before it, the thing that is counted after it, or the subject that was spoken of before."""

from __future__ import annotations

import re

from core.patterns import lazily
from core.strategy.decoding.belonging import said_of, with_its_owner
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.lexicon import DOING, NOUNISH, WHO
from core.strategy.decoding.operators import Binding
from core.strategy.decoding.plans import Plan
from core.strategy.decoding.quantities import Quantity, Sort

_DELIVER = (
    r"培养|新设|新建|建成|建设|建立|组建|引进|选拔|选派|选送|选聘|选定|选准|选树|配备|配置|配齐|开展|举办|组织|召开|投放|发放|推出|"
    r"上线|录制|招聘|招录|储备|安排|列支|投入|复制|打造|办好|开办|办|派出|派|送|完成|"
    r"实现|发行|开设|设立|增设|开发|编写|制作|评选|认证|签约|对接|带动|抽调|凑够|储备|转|再送|建|设|配|有|拥有|包括"
)
_LONG_DELIVER = "|".join(verb for verb in _DELIVER.split("|") if len(verb) > 1)
_ARTICLE = lazily(r"^第[一二三四五六七八九十百\d]+条\s*")
_LEADING = lazily(
    r"^(?:[\u4e00-\u9fff]{2}期间|预计|预期|有望|继续|现在|目前|眼下|这样(?:算下来|一来)?|但|而|且|同比(?=增|下|提|多|少)|环比(?=增|下|"
    r"提)|[“\"]|我们|"
    r"我?建议|我?希望|打算|先拿|准备|该行|"
    r"分[一二三四五六七八九十\d]+[批期]|答[:：]|[一二三四五六七八九十]是|"
    r"[一二三四五六七八九十]要|第[一二三四五六七八九十]+[个件项]?是?|首先|其次|"
    r"[\u4e00-\u9fff]{0,6}目标[是为：:]|[\u4e00-\u9fff]{1,8}?(?:部|中心|分行|支行|银行|办)(?:要|将|须|应)|"
    r"(?:办(?![公事理结学法])|招(?![商标揽行生录聘募])|聘(?![用任请])|搞)(?=[\u4e00-\u9fff“]{3})|"
    r"[\u4e00-\u9fff]{0,4}定的[\u4e00-\u9fff]{0,3}是|力争|确保|争取|努力|务必|实现|完成(?!率)|保持|推动|促进|带动|使(?!用)得?|将|把|让|"
    r"要|应当?|必?须|"
    r"计划(?!财务)|拟|准备|并|且|其中|均|全部|全年|累计|合计|总计|共(?!同)|今年|明年|当年|先(?!进)|再(?!贷|融)|到(?![期账店岗])|至|"
    r"从而|以及|同时|还|原则上|分别|年内|进一步|逐步|稳步|做到|达到|全行要?|各(?=支行|行|单位)|提升|提高|降低|压降|巩固|稳定(?!性)|"
    r"维持|控制|扩大|"
    r"我?希望|该行|准备|持续|着力|推广|以(?![上下内])|对(?![公口账标私])|用(?![信户电款途工人于具量])|在(?![线岗途库册职])|的|和|与|"
    r"及(?!时)|"
    r"通过(?!率))"
)
_ENDING = lazily(
    r"(?:逐[季月年步](?:下降|上升|提升|提高|压降|改善|降低)|要?(?:实现|完成|确保|力争)|(?:全部|逐步|动态)?清|要有|要干|[仅只]有?|要比|"
    r"(?<=[\u4e00-\u9fff]{2})占|(?<=[量数额率])比|[两三四五]年均|(?<=[\u4e00-\u9fff]{2})各|(?:较|比)(?:年初|上年末?|去年末?|"
    r"[\u4e00-\u9fff]{0,2}同期|\d{4}年末?)|同比|环比|保持在?|稳定在?|维持在?|控制在?|要|应当?|"
    r"必?须|原则上|一般|力争|争取|确保|全部|(?<![日月年人户网])均|平均|压|分别|累计|合计|总计|共|将|(?<![产功职动])能|可|需|达|"
    r"逐步|稳步|务求|务必|守住|守在|保住|稳在|收在|定在|落在|锁定在|最好|(?<=[\u4e00-\u9fff]{2})(?:目标|计划)|始终|现在|目前|当前|眼下|"
    r"[逐稳持明][年步续显]提[升高]|由|从|为|到|至|约|近|是|在|不|再|又|也|都|还|已|翻|且|较|"
    r"总计|"
    r"增至|迈上|跃上|[：:])$"
)
_TRIM = lazily(r"^[\s，、。；：:“”\"（()）》的]+|[\s，、/：:“”\"（(《的]+$")
_MIDDLE = lazily(rf"(?:其中|年均(?={_DELIVER})|累计|合计|同时|分别|原则上|{_LONG_DELIVER})+")
_TAIL_VERB = lazily(rf"(?:{_DELIVER}|{DOING}|至少|新增|净增|选|招|拿|做|联系)+$")
_VERB_OF = lazily(rf"(?:{_LONG_DELIVER})")
_TAIL_DELIVERS = lazily(rf"(?:{_DELIVER}|至少)+$")
_FROM = lazily(r"(?:由|从)(?:眼下的?|目前的?|当前的?|现在的?|[上去]年末?的?|20\d\d年末?的?)?\s*$")
# What is counted, after the number: up to a pause or to what the counted ones do.
_COUNTED = lazily(r"^(?:左右|以上|以内|以下|及以上|余|多|的)*(?P<what>[\u4e00-\u9fffA-Za-z“”‘’\"—\-（）()·]{2,30})")
_DOES = lazily(
    r"(?:到(?=[总分省]行|[\u4e00-\u9fff]{1,4}(?:支行|部门|一线|基层))|去(?!年)|送[到往至]|派[到往]|赴|改造[为成]|下放|挨个|逐[户家个一]|"
    r"组成|担任|全部|走完|参加|参与|参训|通过|完成|到位|配齐|上岗|"
    r"达到|以上|以内|都|均|能(?=[够在独把完读看说用跟与做为以])|"
    r"(?<!需)要(?!素)|[配换装补接连送贴用]上|办理|开通|绑定|下载|注册|会(?=[读看写算讲做用])|转到|做透|打通|签约|首轮上线|"
    r"、|和(?=\d)|与(?=\d)|及(?=\d))"
)
# 举办集训，…，180人参加 counts those of the training; 其中120人取得上岗证 those who do what is said.
_TAKE_PART = lazily(r"^(?:参加|参训|参与|参赛)(?=$|[，。；])")
_PART_DOES = lazily(r"^(?P<does>(?:取得|获得|通过|完成|具备|达到|考取|转到|转岗)[\u4e00-\u9fff]{2,12})$")
_SHARE_DOES = lazily(r"^(?!以[上下]|左右)[\u4e00-\u9fff]{3,12}$")
_COVERS = lazily(r"(覆盖)(?:全[部市省行辖县区])?$")
# 60个改造为家庭顾问中心: what they become is what is counted.
_BECOMES = lazily(r"^(?:改造|升级|转型|改建|转化|发展)[为成](?P<what>[\u4e00-\u9fff“”]{2,14})")
_RELATIVE = lazily(r"(?:可|能|会|已)[\u4e00-\u9fff]{1,8}的[\u4e00-\u9fff]{2,8}$")
_EACH_ONE = lazily(r"每人|人均")
_WHO = lazily(r"[\u4e00-\u9fff]{2,8}?(?:人员|经理|行长|员工|干部|柜员|导师|讲师|审批人|主管)(?=[也都要应须每均])")
# Who does it, in the first clause, for what is done each month in a later one.
_WHO_EACH_TIME = lazily(
    r"(?:(?:每[名个家位])?[\u4e00-\u9fff]{0,8}?(?:经理|人员|行长|员工|干部|柜员|导师|讲师|培训师|主管|审批人|顾问))"
    r"(?=[也都要应须均每将在]|原则上|至少|不)"
)
_EACH_WHO = lazily(
    r"每[名个家位][\u4e00-\u9fff]{0,6}?(?:经理|支行|员工|人员|导师|网点|干部|部门|团队|主管|行长|学员|讲师|柜员|干部|"
    r"专员)(?=[\u4e00-\u9fff])"
)
_MODAL = lazily(r"应当|须|要|将")
_IDLE = lazily(r"开展|进行|首轮(?=培训)")
_EACH = lazily(r"每(?:[季月年周日天]|半年|[家个名人位户支])")
# 每个团队配5名客户经理: with each of which they are placed.
_PLACED = lazily(r"(?P<with>每[个家支座名]?[\u4e00-\u9fff]{2,5}?)(?:须|应|要)?(?:至少)?(?:配备|配置|派驻|配|派|设)")
_ENDS_IN_DOING = lazily(
    r"(?:要|将|须|再|还要|覆盖|取消|下线|支持|服务|新增|轮训|培训|走访|剩下|首批|第一批|先期|前\d*|组织|出|(?:再|新|共|各)[开建招设办]|"
    r"(?<![主需重必概])(?:要|须|应当?|必须|将)[\u4e00-\u9fff]{2})$"
)
_ENDS_DOING = lazily(rf"(?:逐[一户个]|分别|亲自|联合)?(?:{DOING})$")
_STARTS_DOING = lazily(rf"(?!{NOUNISH})(?:{DOING})|.*(?:{DOING})$")
# 把培训经费单列: what is taken in hand.
_TAKEN = lazily(r"(?:把|将)(?P<thing>[\u4e00-\u9fff“”]{3,12})[\u4e00-\u9fff]{2}$")
# 客户数再上一个台阶, 质量稳步提升: how it goes says nothing of what goes.
_PREDICATE = lazily(r"(?<=[\u4e00-\u9fff]{2})(?:再上|更上|迈上|登上|稳步|稳中|持续|明显|显著|大幅|有所|不断)[\u4e00-\u9fff]{2,6}$")
_EACH_TIME = lazily(r"每(?:[季月年周日天]|半年)")
# Names that say nothing without what was spoken of before.
_NOTHING = lazily(
    r"^(?:第[一二三四五]年|首年|次年|同比|环比|年均|每年|平均|总量|力争|累计|合计|其中|此后|其后|之后|随后|全行|全年|较|比|各|逐年|"
    r"左右|比重|总体|计划|目标|名额|"
    r"编制|[先再还各都也]?[开办建设招选派配]|[先再还各]?(?:新[开建设办增])|首批|先期|覆盖|涉及|惠及|服务|支持|带动|联系)?$"
)
# What a change with a bound leaves at the end of a name, and a bare change has no use for: 存款再增, 费用下降.
_STEM = lazily(
    r"(?<=[\u4e00-\u9fffA-Za-z]{2})(?:要?再|多|净)?(?:(?:每年|逐年)?(?:增加?|增长|新增|提升|提高|下降|压降|减少)|(?:每年|逐年))$"
)
_OTHER_TIME = lazily(r"(?:全年|当年|年度|每?季度?|每?月|每年|半年)(?:累计|合计|总计)?")
_BARE_VERB = lazily(r"投放|发放|放款|销售|回收|清收|处置|核销|落地|签约|交付")
_PEOPLE = ("名", "人", "位", "个")
_PART_OF = lazily(
    r"^(?:日均|时点|平均(?:用时|耗时|时长|金额|利率|规模|单价)|年?人均|每年人均|户均|网均|占比|比例|比重|增速|增幅|余额|规模|总额|数量|人数|"
    r"增长率|年均增长|年均增速|增长|下降|户数|笔数|"
    r"家数|占比|"
    r"通过率|整改率|完成率)$"
)
_HEAD_OF = lazily(
    r"(?:(?:一次)?(?:覆盖|参与|完成|合格|通过|整改|办结)[率面]|增量|余额|时点|日均|总额|规模|数量|总量|人数|收入额|[数量额])$"
)


def name(binding: Binding, quantity: Quantity, after: str, earlier: list[str], last: str, *, first: bool = True, topic: str = "") -> str:
    """What `quantity` measures, in the document's words; "" when nothing says so. `binding.before` stands before it in the clause,
    `earlier` are the clauses before, `last` what was measured last in the sentence; `first`: no other figure stands before it in the
    clause; `topic`: what the sentence's label says that it is about."""
    counted = _who_does(binding, quantity, after, earlier, last) or _counted(binding, quantity, after)
    if counted:
        return counted
    found = clean(binding.before)
    whole, people, share = binding.before.strip(), quantity.unit in _PEOPLE, quantity.sort is Sort.SHARE
    if owned := with_its_owner(found, earlier, topic, last, whole, people=people, share=share):
        return owned
    if last and (same := _of_the_last(binding, quantity, found, last)):
        return same
    if whole := _with_what_it_belongs_to(found, binding.before, earlier, last):
        return whole
    if len(found) >= 2 and not _NOTHING.match(found) and (quantity.sort is Sort.MONEY or not _TAIL_DELIVERS.fullmatch(found)):
        return found
    if quantity.sort is Sort.SHARE and (thing := _after(after)):
        return thing
    if (
        first
        and earlier
        and not re.search(r"[\d%]|[一二三四五六七八九十]成|分之|一半", earlier[-1])
        and len(one := subject(earlier[-1])) >= 2
    ):
        return one if not _STARTS_DOING.match(one) else last or _bare(one)
    if last:
        return _STEM.sub("", last)
    return next((one for part in reversed(earlier) if len(one := subject(part)) >= 2), "") or _after(after) or found


def is_unnamed(before: str) -> bool:
    """Whether the words before a figure name nothing."""
    return bool(_NOTHING.match(clean(before)))


def _who_does(binding: Binding, quantity: Quantity, after: str, earlier: list[str], last: str) -> str:
    """What people are counted for who do something: 180人参加 for what they attend, 其中120人取得上岗证 for what they get."""
    before = re.sub(r"^[一二两三四五\d]年[后内]", "", _TRIM.sub("", binding.before))
    if earlier and not before and _TAKE_PART.match(after):
        return _bare(subject(earlier[0]))
    if before not in ("其中", "其中的"):
        return ""
    if part := _PART_DOES.match(after) if quantity.sort is Sort.COUNT else None:
        return str(part["does"])
    # 选拔200名管培生，其中一半走上管理岗位.
    share = _SHARE_DOES.match(after) if quantity.sort is Sort.SHARE and last else None
    return f"{last}{share.group()}" if share else ""


def _of_the_last(binding: Binding, quantity: Quantity, found: str, last: str) -> str:
    """A name that repeats or narrows what was measured before it; "" where it does not."""
    if re.search(r"其中.*的占?\s*$", binding.before):
        # 其中员工百人以上的不少于8户: which ones of them; 其中面向基层网点的不少于8学时: what for.
        if quantity.unit in (*_PEOPLE, "户", "家", "%"):
            return f"{found.removesuffix('的')}的{_STEM.sub('', last)}"
        return f"{_STEM.sub('', last)}{found}"
    # 每月…不少于6次，全年不少于72次: the same thing, counted over another time.
    if _OTHER_TIME.fullmatch(_TRIM.sub("", binding.before)):
        return _EACH_TIME.sub("", last)
    # 利润总额…，增长8%以上: what grows is the whole name.
    if found in ("增长", "下降", "增速", "增幅"):
        return f"{_STEM.sub('', last)}{found}"
    # 普惠贷款增量…，至少投放5.5亿元: a bare verb needs what it was spoken of.
    if last.startswith(found) and _BARE_VERB.fullmatch(found):
        return last
    bare = _BARE_VERB.fullmatch(found) and quantity.sort is Sort.MONEY
    return f"{_HEAD_OF.sub('', _STEM.sub('', last))}{found}" if bare else ""


def _with_what_it_belongs_to(found: str, whole: str, earlier: list[str], last: str) -> str:
    """A name that is only part of one, with what was spoken of before: 占比, 占…的比重, 人均…, 每月…; "" for a name that stands alone."""
    if _PART_OF.match(found) and (last or earlier):
        of = subject(earlier[-1]) if not last and not _MODAL.search(earlier[-1]) else last
        # 负责人逐一认领，整改率: what somebody does is not what a rate belongs to.
        return f"{_HEAD_OF.sub('', of)}{found}" if last or not (found.endswith("率") and _ENDS_DOING.search(of)) else ""
    if last and found.startswith("占") and len(found) >= 3:
        return f"{_HEAD_OF.sub('', _STEM.sub('', last))}{found}"
    if not earlier:
        return ""
    opening = _ARTICLE.sub("", earlier[0])
    who = None
    if _EACH_TIME.match(found) and len(found) >= 4:
        who = _WHO_EACH_TIME.match(opening) or _EACH_WHO.match(opening)
    elif _EACH_ONE.match(found):
        who = _WHO.match(opening)
    if who is None and not _EACH.match(found) and not whole.startswith("其中"):
        who = _EACH_WHO.match(opening)
    return f"{who.group()}{found}" if who else ""


def _bare(words: str) -> str:
    """What is acted on, without the verb: 共建“园区金融驿站”."""
    rest = re.sub(rf"^(?!{NOUNISH})(?:{DOING})", "", words)
    return rest if len(rest) >= 2 else words


def subject(clause: str) -> str:
    """What a clause without a figure of its own speaks of, for the figure in the next one."""
    if re.match(r"对(?![公私])|[向为给]", clause):
        return ""
    for moment in moments(clause, Plan())[:1]:
        if moment.start == 0 and not moment.relative:
            clause = _after_date(clause[moment.end :])
    taken = _TAKEN.search(clause)
    clause = taken["thing"] if taken else _PREDICATE.sub("", said_of(clause) or clause)
    return clean(re.split(r"\d|[一二三四五六七八九十两]+(?:[遍次期成]|番)|[十百千]亿|(?<=[\u4e00-\u9fff]{3})不[低高少]于", clause)[0])


def clean(words: str) -> str:
    """The noun phrase in the words before a figure: without dates, verbs of reaching and what leads up to it."""
    found = _ARTICLE.sub("", words.strip())
    for moment in reversed(moments(found, Plan())):
        if found[: moment.start].count("（") > found[: moment.start].count("）") or _EACH_ONE.fullmatch(found[: moment.start]):
            continue
        # 利率较上年下降: what it is compared with goes with its date.
        lead = re.sub(r"(?:较|(?<![占同环])比)$", "", found[: moment.start]) if moment.past else found[: moment.start]
        found = lead + _after_date(found[moment.end :])
    found = re.sub(
        r"(?<=[\u4e00-\u9fff]{2})要(?=再?(?:新增|净增|增|提升|提高|下降|压降|减少|翻)[加长]?$)|(?:应当?|必?须|要)(?=每)|"
        r"(?<=每[年月季周])(?:还|均|都)?(?:应当?|必?须|要)(?:至少)?",
        "",
        _FROM.sub("", found),
    )
    for _ in range(6):
        shorter = _TRIM.sub("", found)
        shorter = _ENDING.sub("", _cut(_LEADING, shorter))
        if shorter == found:
            break
        found = shorter
    middle = [match for match in _MIDDLE.finditer(found) if len(found) - match.end() >= 2 and match.start() <= 16]
    if middle and not _EACH.search(found) and not _is_noun(found, middle[-1]):
        found = found[middle[-1].end() :]
    return _quoted(_TRIM.sub("", found)[-40:])


def _quoted(words: str) -> str:
    """Words with the quotation mark that was cut off their beginning or end: 摊位贷”客户."""
    if words.count("“") > words.count("”"):
        return f"{words}”"
    return f"“{words}" if "”" in words and "“" not in words.partition("”")[0] else words


def _after_date(words: str) -> str:
    """What follows a date without what belongs to it: 前, 内, 起; not the 起 of 起诉."""
    return re.sub(r"^(?:前|内|起(?![诉草步航]))*[，, ]*", "", words)


def _cut(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.match(words)
    return words[match.end() :] if match and len(words) - match.end() >= 2 else words


def _is_noun(words: str, verb: re.Match[str]) -> bool:
    """Whether what looks like a verb is part of a noun: 认证覆盖率, 组织部, 建设项目."""
    rest = words[verb.end() :]
    # 资产配置训练营, 本地招聘比例: a verb in the middle is one only after who does it.
    if words[: verb.start()].endswith("新") or (
        verb.start() and not re.search(rf"^[从由向在与对为]|(?:{WHO}|[\d，、全都再已]|联合|共同|合作)$", words[: verb.start()])
    ):
        return True
    if re.match(r"[\u4e00-\u9fff]{0,4}[率度量面]$", rest) or re.match(r"[率量额与、和]|数(?![据字])", rest):
        return True
    return verb.start() > 0 and re.match(r"部|覆盖|人数|费用|率|量|额|与", rest) is not None


def _counted(binding: Binding, quantity: Quantity, after: str) -> str:
    """组建6个行业专班 counts 专班; 领军人才100名 has said before what it counts."""
    thing = _after(after)
    if quantity.sort not in (Sort.COUNT, Sort.BARE) or len(thing) < 2:
        return ""
    if binding.before.rstrip().endswith(("、", "和", "与", "及", "以及")):
        return thing
    lead = _TRIM.sub("", binding.before)
    for moment in reversed(moments(lead, Plan())):
        lead = lead[: moment.start] + _after_date(lead[moment.end :])
    if binding.before.rstrip().endswith("的") and len(lead) <= 8:
        return f"{_cut(_VERB_OF, lead)}的{thing}"
    if owned := _counted_with(lead, thing, after):
        return owned
    verb = _TAIL_VERB.search(lead)
    bare = _TAIL_DELIVERS.sub("", lead)
    if _EACH_TIME.search(bare) or (_EACH.search(bare) and binding.rule == "target_bound") or "每人" in bare:
        return clean(bare) + thing
    if verb is None and len(clean(lead)) >= 2 and not lead.endswith(("由", "对", "将", "让", "把")) and not _doing(lead):
        return ""
    return thing


def _counted_with(lead: str, thing: str, after: str) -> str:
    """What is counted together with what covers it, what it becomes, or each of those that have it; "" where it stands alone."""
    if (covers := _COVERS.search(lead)) and len(lead) > 4:
        return f"{clean(lead[: covers.end(1)])}{thing}"
    if became := _BECOMES.match(after):
        return str(became["what"])
    if lead.startswith(("每名", "每位")) and (who := _EACH_WHO.match(lead)):
        return f"{who.group()}{thing}"
    placed = _PLACED.fullmatch(lead)
    return f"{placed['with']}{thing}" if placed else ""


def _doing(words: str) -> bool:
    return bool(_ENDS_IN_DOING.search(words))


def _after(after: str) -> str:
    match = _COUNTED.match(re.sub(r"^\d+岁以[上下]的?", "", after))
    if match is None:
        return ""
    does = _DOES.search(match["what"])
    # 可独立上岗的客户经理: what somebody does before 的 tells which ones are counted.
    relative = does and _RELATIVE.match(match["what"])
    thing = match["what"] if relative else match["what"][: does.start()] if does else match["what"]
    if re.fullmatch(r"左右|以上|以内|以下|及以上", thing):
        return ""
    bare = _TRIM.sub("", _IDLE.sub("", thing))
    return _quoted(bare)
