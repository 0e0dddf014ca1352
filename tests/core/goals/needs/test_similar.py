"""Which needs are suggested to be one: measured on needs that were not looked at when the threshold was set."""

from __future__ import annotations

import time

from core.goals.needs.similar import Said, groups

# Each with the group that a planner would put it in.
NEEDS = [
    ("loan", "个贷客户经理按揭材料反复退回，平均审批要11天", "一次收齐按揭材料，三天内报送", "个贷业务", "个贷客户经理"),
    ("loan", "按揭贷款审批慢，中介抱怨我们材料要补好几次", "首次面谈就能列清按揭贷款所需材料", "", "个贷客户经理"),
    ("loan", "二手房按揭退件多，客户经理不清楚审批口径", "按审批口径预审按揭材料", "个贷业务", "客户经理"),
    ("cross", "跨境电商客户来问收款，没有人讲得清产品", "能向跨境电商客户讲清收款和结汇方案", "跨境金融", "对公客户经理"),
    ("cross", "辖内跨境电商客户318户，开收款账户的不到一成", "主动拜访跨境电商客户并推荐收款结汇产品", "跨境金融", "对公客户经理"),
    ("lead", "年轻干部提到网点负责人后不会排班和分配任务", "能做周排班，把任务分到人并检查", "团队管理", "网点负责人"),
    ("lead", "新提任的网点负责人还像业务骨干，事事自己做", "学会分配任务、检查和辅导，不再自己包办", "团队管理", "网点负责人"),
    ("lead", "网点负责人不会开晨会，任务传达走样", "十分钟开好晨会，任务到人", "团队管理", "网点负责人"),
    ("elder", "老年客户用不来手机银行，柜面排队一小时", "耐心教会老年客户用手机银行转账和查询", "", "柜员"),
    ("elder", "适老服务投诉4起，柜员讲手机银行太快", "用大字卡一步步教老年客户用手机银行", "客户服务", "大堂经理"),
    ("risk", "信用卡逾期催收只会打电话，被投诉暴力催收", "合规开展逾期沟通，不说违规话术", "催收合规", "信用卡专员"),
    ("ai", "明年总行上线智能投顾，理财团队没有人用过", "会用智能投顾出方案并向客户解释", "", "理财经理"),
    ("fire", "营业部消防演练走过场", "每人会用灭火器并熟悉疏散路线", "", "安保人员"),
    ("esg", "绿色信贷认定标准看不懂，绿色贷款报不上去", "能按目录判断项目是否属于绿色信贷", "绿色金融", "对公客户经理"),
    ("esg", "绿色贷款占比低，客户经理说不清哪些项目算绿色", "现场判断企业项目能否认定为绿色贷款", "绿色金融", "对公客户经理"),
    ("word", "办公室公文格式差错多，每月退改十余份", "按规范写通知、请示和报告", "公文写作", "综合管理岗"),
]


def _said() -> list[Said]:
    return [Said(number, *words) for number, (_, *words) in enumerate(NEEDS)]


def test_needs_that_ask_for_the_same_are_found_and_others_are_not() -> None:
    wanted = {(a, b) for a in range(len(NEEDS)) for b in range(a + 1, len(NEEDS)) if NEEDS[a][0] == NEEDS[b][0]}
    found = {(a, b) for group in groups(_said()) for a in group.ids for b in group.ids if a < b}
    assert len(found & wanted) / len(found) >= 0.9 and len(found & wanted) / len(wanted) >= 0.8


def test_a_group_says_what_its_needs_share() -> None:
    cross = next(one for one in groups(_said()) if set(one.ids) == {3, 4})
    assert cross.competency == "跨境金融" and cross.post == "对公客户经理" and any("跨境电商客户" in word for word in cross.shared)
    assert 0 < cross.likeness <= 1


def test_shared_words_begin_and_end_where_words_do() -> None:
    asked = [
        Said(1, "老年客户用手机银行转账总出错", "教会老年客户用手机银行转账"),
        Said(2, "许多储户用手机银行转账还要排队", "教储户用手机银行转账"),
        Said(3, "对公客户投诉开户慢"),
        Said(4, "优质客户流失，客户回访不够"),
        Said(5, "储户看不懂理财说明"),
    ]
    (both,) = [one for one in groups(asked) if set(one.ids) == {1, 2}]
    assert both.shared[0] == "用手机银行转账"


def test_the_order_in_which_needs_come_changes_no_group() -> None:
    forwards, backwards = groups(_said()), groups(_said()[::-1])
    assert {frozenset(one.ids) for one in forwards} == {frozenset(one.ids) for one in backwards}


def test_nothing_alike_is_no_group() -> None:
    assert groups([]) == [] and groups([Said(1, "消防演练走过场")]) == []
    assert groups([Said(1, "消防演练走过场"), Said(2, "绿色信贷认定标准看不懂")]) == []


def test_hundreds_of_needs_are_grouped_while_one_waits() -> None:
    many = [Said(n, f"{words[0]}（{n}号网点）", *words[1:]) for n in range(400) for _, *words in [NEEDS[n % len(NEEDS)]]]
    started = time.process_time()
    found = groups(many)
    assert len(found[0].ids) > 20 and time.process_time() - started < 10
