"""The model client against a real HTTP server that behaves as real servers do, well and badly."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from core.errors import Unavailable
from core.llm import Model, Turn, model_of
from core.settings import Settings
from tests.endpoint import Endpoint, Reply, Request, drops, fails, filtered, garbage, hangs, refuses, says

ASKED: list[Turn] = [("system", "简短作答"), ("user", "今年的目标是什么?")]
SettingsOf = Callable[..., Settings]
Text = Annotated[str, Field(max_length=50)]


class Goal(BaseModel):
    """A goal."""

    name: Text
    value: float
    sources: Annotated[list[Text], Field(max_length=5)]


GOAL = {"name": "零售AUM", "value": 300, "sources": ["S1", "S2"]}


# --- what comes through


def test_the_answer_comes_in_pieces_while_the_model_still_writes(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(says("零售资产新增三百亿元", piece=2, pause=0.2))
    started = time.monotonic()
    stream = model.stream(ASKED)
    first = next(stream)
    waited = time.monotonic() - started
    rest = list(stream)
    assert first + "".join(rest) == "零售资产新增三百亿元"
    assert len(rest) >= 3
    assert time.monotonic() - started > waited + 0.5


def test_the_messages_reach_the_endpoint_in_order_and_unchanged(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(says("好"))
    model.write([*ASKED, ("assistant", "$100 {x}"), ("user", "那2027年呢?")])
    (request,) = endpoint.chats
    assert [(m["role"], m["content"]) for m in request.body["messages"]] == [
        *ASKED,
        ("assistant", "$100 {x}"),
        ("user", "那2027年呢?"),
    ]
    assert request.body["model"] == "stub-model"


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<think>先想一想 <b> 1 < 2</think>\n答案是60户。", "答案是60户。"),
        ("<thinking>hm</thinking>答案。<think>再想</think>完。", "答案。完。"),
        ("不良率 < 1%,a<b>c", "不良率 < 1%,a<b>c"),
        ("目标<th", "目标<th"),
    ],
)
def test_a_models_thinking_is_never_shown(endpoint: Endpoint, model: Model, written: str, shown: str, piece: int) -> None:
    endpoint.script(says(written, piece=piece))
    assert "".join(model.stream(ASKED)) == shown


def test_thinking_in_its_own_field_is_not_part_of_the_answer(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(says("答案。", reasoning="我想想"))
    assert model.write(ASKED) == "答案。"


def test_thinking_whose_opening_tag_the_server_swallowed_is_left_out(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(says("用户问目标,查资料。\n</think>\n\n答案。"))
    assert model.write(ASKED) == "答案。"


def test_a_model_that_runs_on_is_cut_off(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(says("好" * 5000, piece=50))
    assert len(model.write(ASKED, longest=200)) == 200


def test_a_model_that_takes_no_temperature_is_asked_without_from_then_on(endpoint: Endpoint, model: Model) -> None:
    def particular(request: Request) -> Reply:
        return fails(400, "Unsupported value: 'temperature'") if "temperature" in request.body else says("好")

    endpoint.reply = particular
    assert model.write(ASKED) == "好"
    assert model.write(ASKED) == "好"
    assert ["temperature" in request.body for request in endpoint.chats] == [True, False, False]


# --- keys and other parties


def test_the_key_is_sent_to_the_endpoint(settings_of: SettingsOf) -> None:
    with Endpoint(key="sk-right") as endpoint:
        endpoint.script(says("好"))
        assert Model(settings_of(endpoint.url, model_key="sk-right")).write(ASKED) == "好"


def test_a_key_in_the_environment_is_not_sent_to_a_server_without_key(
    endpoint: Endpoint, settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody")
    endpoint.script(says("好"))
    Model(settings_of(endpoint.url)).write(ASKED)
    assert "sk-of-somebody" not in str(endpoint.requests[0].headers)


def test_no_document_is_sent_to_a_tracing_service_even_when_the_environment_asks_for_it(endpoint: Endpoint) -> None:
    with Endpoint() as tracing:
        endpoint.script(says("好"))
        code = (
            "from core.llm import Model; from core.settings import Settings; import time;"
            f"print(Model(Settings(model_url={endpoint.url!r}, model_name='stub-model')).write([('user', '机密')])); time.sleep(0.5)"
        )
        names = ("LANGSMITH", "LANGCHAIN")
        wanted = {f"{name}_ENDPOINT": tracing.root for name in names} | {f"{name}_API_KEY": "x" for name in names}
        wanted |= {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true"}
        done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **wanted}, capture_output=True, text=True, timeout=60)
        assert done.stdout.strip() == "好", done.stderr
        assert tracing.requests == []


def test_the_client_library_is_not_loaded_before_a_model_is_called() -> None:
    heavy = ("openai", "langchain_openai", "httpx2")
    code = f"import sys, core.llm, core.documents.answers.model; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_redirect_is_not_followed_with_the_documents(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    with Endpoint() as elsewhere:
        endpoint.script(fails(307, "moved", Location=f"{elsewhere.url}/chat/completions"))
        with pytest.raises(Unavailable, match="转向了") as refusal:
            Model(settings_of(endpoint.url)).write(ASKED)
        assert elsewhere.root in str(refusal.value)
        assert elsewhere.requests == []


def test_there_is_no_model_without_address_or_name_and_one_for_the_same_settings(settings_of: SettingsOf) -> None:
    assert model_of(Settings()) is None
    assert model_of(settings_of("http://127.0.0.1:9/v1")) is model_of(settings_of("http://127.0.0.1:9/v1"))


# --- failures, each with its own sentence


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (fails(401), "要求密钥"),
        (fails(403), "无权使用模型 stub-model"),
        (fails(404), "没有模型 stub-model"),
        (fails(400, "no"), "代码 400"),
        (fails(422, "no"), "代码 422"),
        (fails(400, "maximum context: context_length_exceeded"), "能读的长度"),
        (fails(429, "quota", Retry_After="3600"), "额度"),
        (fails(500), "代码 500"),
        (fails(503, "busy", Retry_After="3600"), "代码 503"),
        (garbage(), "不符合 OpenAI 兼容接口"),
        (garbage(b"{oops", "application/json"), "不符合 OpenAI 兼容接口"),
        (garbage(b"data: {oops\n\n", "text/event-stream"), "不符合 OpenAI 兼容接口"),
        (garbage(b'data: {"a": [1]}\n\ndata: [DONE]\n\n', "text/event-stream"), "中断了|不符合"),
        (drops("零售资产新增三百亿元", 2), "传到一半"),
        (drops("零售资产新增三百亿元", 2, politely=True), "传到一半"),
        (says("零售", stream_error="CUDA out of memory"), "途中报告了错误"),
        (refuses(), "没有写出任何内容"),
        (says(""), "没有写出任何内容"),
        (says("<think>一直在想"), "没有写出任何内容"),
        (filtered("零售"), "内容审查"),
    ],
)
def test_every_failure_says_what_happened(endpoint: Endpoint, model: Model, reply: Reply, sentence: str) -> None:
    endpoint.script(reply)
    with pytest.raises(Unavailable, match=sentence):
        model.write(ASKED)
    assert len(endpoint.chats) == 1


def test_a_wrong_key_is_told_from_a_missing_one(settings_of: SettingsOf) -> None:
    with Endpoint(key="sk-right") as endpoint, pytest.raises(Unavailable, match="不接受这个密钥"):
        Model(settings_of(endpoint.url, model_key="sk-wrong")).write(ASKED)


def test_the_sentence_about_a_failure_never_repeats_the_servers_words(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(fails(400, "cannot parse: 机密文件内容"))
    with pytest.raises(Unavailable) as refusal:
        model.write(ASKED)
    assert "机密" not in str(refusal.value)


def test_a_busy_server_that_names_a_short_pause_is_asked_once_more(endpoint: Endpoint, model: Model) -> None:
    endpoint.script(
        fails(429, "busy", Retry_After="0"),
        says("好"),
        fails(503, Retry_After="0"),
        fails(503, Retry_After="0"),
        says("迟"),
    )
    assert model.write(ASKED) == "好"
    with pytest.raises(Unavailable, match="503"):
        model.write(ASKED)
    assert len(endpoint.chats) == 4


def test_silence_ends_at_the_time_limit_and_is_not_waited_for_twice(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.script(hangs(), says("好"))
    model = Model(settings_of(endpoint.url, model_timeout_seconds=1))
    started = time.monotonic()
    with pytest.raises(Unavailable, match="等待上限 1 秒"):
        model.write(ASKED)
    assert time.monotonic() - started < 5
    assert len(endpoint.chats) == 1


def test_a_server_that_only_keeps_the_line_alive_does_not_hold_the_reader_for_ever(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.script(says("好", comments=60))
    started = time.monotonic()
    with pytest.raises(Unavailable, match="没有回应"):
        Model(settings_of(endpoint.url, model_timeout_seconds=1)).write(ASKED)
    assert 4 < time.monotonic() - started < 12


def test_a_refused_connection_names_the_address(settings_of: SettingsOf) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(Unavailable, match=f"{address} 拒绝连接"):
            Model(settings_of(address)).write(ASKED)


def test_an_unknown_host_is_named(settings_of: SettingsOf) -> None:
    with pytest.raises(Unavailable, match=r"找不到主机 models\.invalid"):
        Model(settings_of("http://models.invalid/v1")).write(ASKED)


def test_a_certificate_nobody_trusts_is_refused(settings_of: SettingsOf, certificate: Path) -> None:
    with Endpoint(certificate=certificate) as endpoint:
        with pytest.raises(Unavailable, match="证书不受信任"):
            Model(settings_of(endpoint.url)).write(ASKED)
        assert endpoint.requests == []


# --- answers in a shape


@pytest.mark.parametrize(
    ("features", "asked"),
    [
        ({"json_schema", "json_object", "tools"}, ["json_schema"]),
        ({"json_object", "tools"}, ["json_schema", "tools"]),
        ({"json_object"}, ["json_schema", "tools", "json_object"]),
        (set(), ["json_schema", "tools", "json_object", ""]),
    ],
)
def test_an_endpoint_that_refuses_a_form_is_asked_in_the_next_and_the_form_that_worked_is_remembered(
    settings_of: SettingsOf, features: set[str], asked: list[str]
) -> None:
    with Endpoint(features=frozenset(features)) as endpoint:
        endpoint.reply = says(json.dumps(GOAL, ensure_ascii=False))
        model = Model(settings_of(endpoint.url))
        assert model.structured(ASKED, Goal) == Goal(**GOAL)
        assert [request.asked_form for request in endpoint.chats] == asked
        Model(settings_of(endpoint.url)).structured(ASKED, Goal)
        assert [request.asked_form for request in endpoint.chats] == [*asked, asked[-1]]


@pytest.mark.parametrize("around", ["```json\n{}\n```", "<think>想想 {不是}</think>{}", "好的,结果如下:\n{}\n以上。"])
def test_fences_thinking_and_politeness_around_the_object_are_passed_over(endpoint: Endpoint, model: Model, around: str) -> None:
    endpoint.reply = says(around.replace("{}", json.dumps(GOAL)))
    assert model.structured(ASKED, Goal) == Goal(**GOAL)
    assert len(endpoint.chats) == 1


def test_a_model_is_shown_what_was_wrong_and_may_repair_it(endpoint: Endpoint, model: Model) -> None:
    endpoint.reply = says(json.dumps(GOAL | {"value": "很多"}, ensure_ascii=False))
    endpoint.script(says(json.dumps(GOAL)))
    model.structured(ASKED, Goal)
    endpoint.script(says(json.dumps(GOAL | {"value": "很多"}, ensure_ascii=False)), says(json.dumps(GOAL)))
    assert model.structured(ASKED, Goal) == Goal(**GOAL)
    last = endpoint.chats[-1].body["messages"]
    assert "很多" in last[-2]["content"]
    assert "value" in last[-1]["content"]


def test_a_model_that_never_finds_the_shape_is_given_up_after_five_questions(endpoint: Endpoint, model: Model) -> None:
    endpoint.reply = says("我不会写 JSON。")
    with pytest.raises(Unavailable, match="没有按要求的格式"):
        model.structured(ASKED, Goal)
    assert len(endpoint.chats) == 5


def test_a_failure_that_is_no_question_of_form_is_reported_at_once(endpoint: Endpoint, model: Model) -> None:
    endpoint.reply = fails(500)
    with pytest.raises(Unavailable, match="500"):
        model.structured(ASKED, Goal)
    assert len(endpoint.chats) == 1


def test_a_request_that_every_form_gets_refused_for_says_why(endpoint: Endpoint, model: Model) -> None:
    endpoint.reply = fails(400, "bad")
    with pytest.raises(Unavailable, match="代码 400"):
        model.structured(ASKED, Goal)


def test_a_shape_without_bounds_is_refused(model: Model) -> None:
    class Loose(BaseModel):
        text: str

    class LooseList(BaseModel):
        texts: list[Text]

    for shape in (Loose, LooseList):
        with pytest.raises(ValueError, match="max_length"):
            model.structured(ASKED, shape)
