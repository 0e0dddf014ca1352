"""The settings page's test button: each mistake in the settings is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.llm import check
from core.settings import Settings
from tests.endpoint import Endpoint, fails, garbage, hangs, says

SettingsOf = Callable[..., Settings]


def test_a_working_endpoint_is_reported_with_its_seconds(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.reply = says("好", pause=0.05)
    checked = check(settings_of(endpoint.url))
    assert checked.ok
    assert checked.model == "stub-model"
    assert 0.05 <= checked.seconds < 10
    assert "连接成功" in str(checked.message)


def test_a_working_model_that_is_not_in_the_list_is_fine(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.models = None
    endpoint.reply = says("好")
    assert check(settings_of(endpoint.url, model_name="an-alias")).ok


def test_an_address_without_v1_is_given_the_right_one(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    checked = check(settings_of(endpoint.root))
    assert not checked.ok
    assert f"请改为 {endpoint.url}" in str(checked.message)


def test_an_address_copied_with_its_route_is_given_the_right_one(settings_of: SettingsOf) -> None:
    checked = check(settings_of("http://10.0.0.8:8000/v1/chat/completions"))
    assert "请改为 http://10.0.0.8:8000/v1。" in str(checked.message)


def test_an_address_without_scheme_and_an_empty_one_are_named_before_anything_is_sent(settings_of: SettingsOf) -> None:
    assert "http://" in str(check(settings_of("10.0.0.8:8000/v1")).message)
    assert "请填写" in str(check(Settings()).message)


def test_a_wrong_model_name_is_answered_with_the_names_there_are(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.models = ("Qwen3-32B", "deepseek-v3")
    checked = check(settings_of(endpoint.url, model_name="qwen"))
    assert not checked.ok
    assert "没有名为 qwen 的模型。可用的有：Qwen3-32B, deepseek-v3。" in str(checked.message)


def test_of_many_models_the_first_are_named(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.models = tuple(f"m{number}" for number in range(40))
    assert "m7 …" in str(check(settings_of(endpoint.url)).message)


def test_a_wrong_key_is_named(settings_of: SettingsOf) -> None:
    with Endpoint(key="sk-right") as endpoint:
        assert "不接受这个密钥" in str(check(settings_of(endpoint.url, model_key="sk-wrong")).message)
        assert "没有填写" in str(check(settings_of(endpoint.url)).message)


def test_something_that_is_no_model_server_is_named(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.reply = garbage()
    assert "不符合 OpenAI 兼容接口" in str(check(settings_of(endpoint.url)).message)


def test_a_slow_endpoint_is_given_up(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.reply = hangs()
    checked = check(settings_of(endpoint.url, model_timeout_seconds=1))
    assert "没有回应" in str(checked.message)
    assert checked.seconds < 8


def test_an_untrusted_certificate_is_named(settings_of: SettingsOf, certificate: Path) -> None:
    with Endpoint(certificate=certificate) as endpoint:
        assert "证书不受信任" in str(check(settings_of(endpoint.url)).message)


def test_a_plain_server_behind_an_encrypted_address_is_named(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    assert "加密连接" in str(check(settings_of(endpoint.url.replace("http:", "https:"))).message)


def test_an_overloaded_endpoint_is_named(endpoint: Endpoint, settings_of: SettingsOf) -> None:
    endpoint.reply = fails(429, Retry_After="3600")
    assert "请求过多" in str(check(settings_of(endpoint.url)).message)
