"""Which of the balanced scorecard's four perspectives words belong to: by what is counted or acted on."""

from __future__ import annotations

import re

from core.strategy.findings import Perspective

# The bank's own people, its money, its customers; what is none of these is how it works.
_LEARNING = re.compile(
    r"员工|人才|培训|学时|学习|队伍|干部|讲师|导师|内训|持证|认证|资质|岗位练兵|能力|素质|后备|招聘|引进|留任|离职|教练|课程|轮岗|跟岗|转岗|编制|组织|文化|"
    r"上岗|测评|陪练|训练|演练|梯队|专家|规划师|客户经理(?:人数|队伍|\d|.{0,4}(?:占比|级))|新任|师傅|先补课|会讲|会建模|顾问(?:队伍|人数|\d)|行长.{0,4}(?:课|训)|薪酬|激励|考核(?!指标)|"
    r"\b(?:training|staff|people|employee|skills?|learn|certif|talent|mentor|coach|competenc|capabilit|hire|recruit|leadership|culture)",
    re.IGNORECASE,
)
_FINANCIAL = re.compile(
    r"AUM|管理资产|存款|贷款(?!客户|户|审批|业务审批)|授信余额|信贷投放|收入|利润|成本|净息差|息差|费用|预算|投入|资本|营收|规模|余额|结算量|交易额|放款|资产规模|ROE|ROA|投资(?!者)|"
    r"\b(?:deposit|loan|income|revenue|profit|cost|margin|capital|spend|budget|assets|lending|balances?|fees?)",
    re.IGNORECASE,
)
_CUSTOMER = re.compile(
    r"客户|客群|户(?:数|均)|用户|账户|商户|满意|投诉|净推荐|NPS|体验|获客|拓客|开户|月活|流失|代发单位|消费者|市民|老年人|企业(?!文化)|农户|服务(?!器)|"
    r"\b(?:customers?|clients?|satisfaction|complaints?|accounts?|users?|NPS)",
    re.IGNORECASE,
)
_PROCESS = re.compile(
    r"不良|风险|合规|内控|系统|数据|平台|流程|时限|时长|审批|网点|渠道|整改|审计|模型|办理|线上化|自动化|科技|拜访|触达|跟进|覆盖率|处置|案件|预警|工单|差错|运营|集中作业|"
    r"\b(?:process|system|risk|complian|data|platform|branch(?:es)?|outlets?|digital|audit|model|time)",
    re.IGNORECASE,
)


def perspective(words: str, around: str = "") -> Perspective | None:
    """The perspective of `words` by what they name last (a Chinese noun phrase ends in its head), else that of what is `around`."""
    for text in (words, around):
        best = _last_named(text)
        if best is not None:
            return best
    return None


def _last_named(text: str) -> Perspective | None:
    last: dict[Perspective, int] = {}
    for view, pattern in (
        (Perspective.LEARNING, _LEARNING),
        (Perspective.FINANCIAL, _FINANCIAL),
        (Perspective.CUSTOMER, _CUSTOMER),
        (Perspective.PROCESS, _PROCESS),
    ):
        for match in pattern.finditer(text):
            last[view] = match.end()
    if not last:
        return None
    if Perspective.LEARNING in last:
        return Perspective.LEARNING
    return max(last, key=lambda view: last[view])
