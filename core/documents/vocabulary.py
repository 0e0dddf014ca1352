"""Words that mean the same in a bank's documents, in Chinese and English, and where a question uses them.

People ask 一把手 where the document says 负责人, and in English about documents in Chinese. A small embedder bridges some of
that; this list bridges the words of this field exactly and says which word it was. Every line is one meaning; the words of a line
stand for one another. Only words that are safe inside longer ones are here: 行 for bank is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

_FUNCTION_WORDS_EN = """
a an the of to in on at by for from with and or as is are was were be been do does did has have had can could will would
shall should may might must what which who whom whose when where why how many much long often far it its this that these
those there their they we our us you your i me my he she his her not no any some each per into over under about between
during than then so if please tell show give list explain describe get gets happen happens happened
"""
FUNCTION_WORDS_EN = frozenset(_FUNCTION_WORDS_EN.split())

_LINES = """
目标|指标值|target|targets|goal|goals|objective
计划|规划|plan|plans|planned
战略|strategy|strategic
分行|branch|branches
支行|sub-branch|sub-branches|subbranch|branch|branches
网点|机构|outlet|outlets|branch|branches
总行|总部|head office|head-office|headquarters
县域|乡镇|乡下|农村|县里|村镇|county|county-level|rural
零售|个人金融|个金|retail
公司金融|对公|公司业务|corporate|wholesale
财富管理|wealth management
财富客户|有钱客户|高净值|高端客户|wealth customer|wealth customers|wealthy
私人银行|私行|private banking|private bank
管理资产|资产管理规模|aum|assets under management
普惠|inclusive finance|inclusive
小微|小企业|小微企业|small business|small businesses|sme|smes|micro
养老|老年|pension|elderly
老年人|老人|老年客户|60岁以上|elderly|old people
养老金|pension
跨境|海外|cross-border
境外|国外|海外|出国|overseas|abroad|foreign
外贸|进出口|foreign trade
绿色金融|绿色贷款|green finance|green loan|green loans|green
数字化|digital|digitalisation|digitalization|digitisation
数字化能力|digital skills|digital capability|digital competence
人工智能|ai|大模型|chatgpt|artificial intelligence
智能陪练|practice platform|ai practice
科技|信息技术|it部门|电脑系统|technology|it
系统|平台|system|platform
上线|投产|launch|launched|go live
切换|switched over|switch-over|cutover|migration
核心系统|core system|core banking system|core banking
手机银行|手机app|mobile banking|mobile bank
月活跃|月活|monthly active
数据|data
风险|risk|risks
合规|守规矩|compliance
反洗钱|anti-money laundering|anti-money-laundering|aml
不良贷款率|不良率|坏账率|non-performing loan ratio|npl ratio|npl
不良贷款|不良资产|坏账|non-performing loan|non-performing loans|bad loans
拨备覆盖率|provision coverage
拨备|provision|provisions
资本充足率|capital adequacy
净利润|利润|net profit|profit
净息差|息差|net interest margin|interest margin
营业收入|营收|operating income|revenue
总资产|资产总额|资产规模|total assets
存款|deposit|deposits
贷款|loan|loans|lending
信贷|授信|贷款|credit|loan application|loan applications
贷不到款|授信|loan refused
余额|balance
手续费|fee income|commission
成本收入比|cost-income ratio|cost income ratio
增长|增加|上升|提高|growth|increase|rise|rose|grew
下降|减少|缩水|降低|掉|少了|fall|fell|drop|decline|decrease|declined
原因|缘故|理由|根源|为什么|主要系|reason|reasons
流失|离开|走了|流走|lost|left|leave|churn|attrition
离职|辞职|跳槽|走人|流失|resign|resignation|turnover|leave
留住|留人|retain|retention
稳定|stability|stable
客户|customer|customers|client|clients
客户经理|relationship manager|relationship managers|customer manager|customer managers|account manager|account managers
财富顾问|理财顾问|wealth adviser|wealth advisers|wealth advisor|wealth advisors
顾问|adviser|advisor|advisers|advisors
理财经理|理财师|financial planner
养老规划师|pension planner|pension planners
产品经理|product manager|product managers
柜员|柜面|tellers|teller|counter staff
运营|operations
转岗|改做|调岗|换岗|moving from|reassigned|transfer
行长|一把手|负责人|头儿|支行头|head|heads|president
董事长|chairman|chair
部门|department|departments|unit
牵头|负责|主导|leads|lead|led|in charge
审批|批准|拍板|签批|签字|approve|approves|approval|approved
人力资源部|人事部|人资|hr|human resources
领导小组|leading group|steering group|steering committee
组长|chairs|chair
员工|职工|人员|在岗员工|employee|employees|staff|personnel
新员工|新入职|新人|新行员|新入行|大学生|应届毕业生|new joiners|new employees|new hires|new graduates|graduates|newcomers
女性|女员工|女的|women|female
管理人员|管理者|干部|managers|management
后备|successor|successors|reserve
人才|talent|talents
专家|expert|experts
导师|师傅|带教|mentor|mentors
内训师|内部讲师|internal trainer|internal trainers|in-house trainers
讲师|讲课|授课|老师|lecturer|lecturers|trainer|trainers|lectures|teaching
课酬|讲课费|课时费|讲课能拿|lecture fee|paid per class hour
课时|class hour|class hours
培训|训练|上课|学习|training|learning
脱产|full-time training|off-the-job
课程|course|courses|curriculum
学时|小时|hours|training hours
考试|测试|考|exam|test|examination
认证|证书|持证|certification|certified|certificate
能力标准|capability standard|competency standard|capability standards
能力|本领|技能|competencies|competency|competence|skills|capability|capabilities|abilities
测评|评测|assessment|assess
评估|评价|evaluation|evaluated|evaluate
效果|成效|结果|有用|effect|effectiveness|results|outcome
满意度|打分|satisfaction
考核|绩效|appraisal|performance
绩效|业绩|performance
奖金|奖励|bonus|reward|incentive
薪酬|工资|薪水|pay|payroll|salary|salaries|compensation
工资总额|payroll
津贴|补贴|allowance|subsidy|allowances
经费|预算|费用|钱|budget|funding|spend|expenses
培训经费|培训预算|training budget|learning budget
投入|投资|花|investment|spending|spend
服务期|干满|service period
违规|不允许|禁止|violation|breach|prohibited|forbidden
处罚|通报批评|后果|punished|penalty|consequence|consequences
缺勤|不去|旷课|skip|skips|absence|absent|miss
请假|许可|leave|permission
追责|问责|责任|accountable|liable|accountability
尽职免责|尽职|due diligence
复核|审核|检查|review|check
规定|办法|制度|rule|rules|regulation|regulations|policy
施行|执行|实施|生效|apply|applies|effective|in force|implementation
每年|年度|一年|year|annually|yearly|annual
每周|每星期|weekly|week
每月|月度|monthly|month
季度|quarter|quarterly
三年|three years|three-year|three
累计|合计|总共|cumulative|total|in total
不少于|至少|最少|at least|minimum
不超过|最多|最晚|以内|at most|maximum
占比|比例|比重|份额|share|proportion|percentage|ratio
覆盖率|coverage
满意率|satisfaction rate
投诉|抱怨|complaint|complaints|complain
等候|等待|等多久|waiting|wait
时间|时长|time|duration
代发|代发工资|payroll service
获客|拓客|找客户|customer acquisition|acquire|acquisition
名单制|名单|list-based|list based
拜访|上门|visit|visits
电话|打电话|call|calls|phone
营销|销售|推销|marketing|sales|sell|selling
产品|product|products
理财产品|理财|wealth products|wealth management products
保险|insurance
债券|bond|bonds
信用卡|credit card|credit cards
结算|settlement
国际结算|international settlement
人民币|rmb|yuan|renminbi
汇率|外汇|exchange rate|fx|foreign exchange
供应链|产业链|supply chain|industry chain|industrial chain
海产品|seafood
现金流|流水|cash flow
流程|步骤|procedure|process
旅程|客户旅程|customer journey|customer journeys|journeys
改造|重构|redesign|redesigned|rebuilt|transformation
撤并|关闭|关停|closed|close
迁址|搬迁|moved|relocated
处置|清理|清收|收回|dispose|disposal|resolved|recover
场景|scenario|scenarios|use case|use cases
步骤|四步法|steps|step
原则|principle|principles
任务|事项|重点任务|task|tasks
问题|短板|不足|problem|problems|weakness|weaknesses|shortcoming
措施|做法|办法|举措|measure|measures|method|methods
阶段|层级|stage|stages|level|levels
岗位|职位|post|posts|position|positions|job
上岗|上班|任职|take up the post
轮岗|rotation
任期|任职|干几年|tenure|term
中期评估|mid-term evaluation|mid-term review|midterm
钓鱼邮件|phishing
演练|drill|drills|exercise
网络安全|信息安全|information security|cyber security|cybersecurity
个人信息|客户信息|客户资料|customer information|personal data|customer data
填报|填表|报表格|台账|fill in|filling in
基层|一线|frontline|front-line|grassroots
复合型|interdisciplinary|versatile
高碳|高污染|carbon-intensive|high-carbon
风险预警|预警|early warning|warning
首贷户|first-time borrowers
更新|换一次|更换|updated|renewed|update
年龄|岁数|age
股东|shareholder|shareholders
分红|股利|dividend|dividends
会议|meeting|meetings|conference
访谈|interview|interviews
建议|suggestion|suggestions|advice|recommendations
想要|希望|盼望|盼|want|wants|wish
副手|deputy
人数|多少人|headcount|number of employees
"""


@dataclass(frozen=True)
class Equivalent:
    """A word of the question, `[start, end)` of its text, and the words that may stand for it in a document."""

    start: int
    end: int
    words: tuple[str, ...]


@cache
def _equivalents() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for line in _LINES.strip().splitlines():
        words = line.split("|")
        for word in words:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in words if other != word))
    return {word: tuple(others) for word, others in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_equivalents(), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word[0].isascii() else re.escape(word) for word in words))


@lru_cache(maxsize=256)
def equivalents(text: str) -> tuple[Equivalent, ...]:
    """The words of `text` (a normalised question) that have equivalents, longest first at each place, not overlapping."""
    return tuple(Equivalent(*match.span(), _equivalents()[match.group()]) for match in _pattern().finditer(text))


def without_function_words(text: str) -> str:
    """`text` (a normalised question) without the English words that join others: in a Chinese library "of" is rare and would count."""
    return " ".join(word for word in text.split() if word.strip("?!.,;:'\"()") not in FUNCTION_WORDS_EN)


def in_other_words(text: str) -> str:
    """The equivalents of the words of `text` (a normalised question): a second query for a lexical index, empty when there are none."""
    return " ".join(dict.fromkeys(word for found in equivalents(text) for word in found.words))
