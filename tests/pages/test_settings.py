"""System settings: what an administrator sets, tries and is told."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core import administration
from core.access.actor import Actor
from core.instance import Instance
from tests.endpoint import Endpoint, says
from tests.pages.conftest import Visit
from tests.pages.words import labels, press, words

PAGE = "settings/general.py"


def field(at: AppTest, label: str, number: int = 0) -> object:
    """The text field with this label."""
    return [one for one in at.text_input if one.label == label][number]


def type_endpoint(at: AppTest, url: str, name: str, key: str = "") -> AppTest:
    """Fill in the model's form."""
    for label, value in (("接口地址", url), ("模型名称", name), ("密钥", key)):
        field(at, label).set_value(value)  # type: ignore[attr-defined]
    return at


def test_a_working_endpoint_is_said_to_work_and_saved_on_request(house: Instance, administrator: Actor, visit: Visit) -> None:
    with Endpoint(key="secret-key") as endpoint:
        endpoint.reply = says("好的")
        at = press(type_endpoint(visit(administrator, PAGE), endpoint.url, "stub-model", "secret-key"), "测试连接")
        assert at.success and not at.error
        assert house.settings.model_url == ""
        press_second(at, "保存")
    assert house.settings.model_url == endpoint.url and house.settings.model_key == "secret-key"
    again = visit(administrator, PAGE)
    assert field(again, "密钥").value == ""  # type: ignore[attr-defined]
    assert "secret-key" not in words(again) and "删除已保存的密钥" in labels(again, "button")


@pytest.mark.parametrize(
    ("url", "name", "key"), [("http://127.0.0.1:9/v1", "stub-model", ""), ("{url}", "other-model", "k"), ("{url}", "stub-model", "wrong")]
)
def test_an_endpoint_that_fails_is_explained(url: str, name: str, key: str, administrator: Actor, visit: Visit) -> None:
    with Endpoint(key="k") as endpoint:
        at = press(type_endpoint(visit(administrator, PAGE), url.format(url=endpoint.url), name, key), "测试连接")
    assert len(at.error[0].value) > 10 and not at.success


def test_how_long_to_wait_for_the_model_is_set(house: Instance, administrator: Actor, visit: Visit) -> None:
    at = type_endpoint(visit(administrator, PAGE), "http://10.0.0.8:8000/v1", "stub-model")
    next(one for one in at.number_input if one.label == "最长等待（秒）").set_value(120)
    press_second(at, "保存")
    assert house.settings.model_timeout_seconds == 120


def test_what_the_environment_decides_cannot_be_changed_here(
    house: Instance, administrator: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CEXUN_MODEL_URL", "http://models.bank/v1")
    house.follow_settings()
    at = visit(administrator, PAGE)
    assert field(at, "接口地址").disabled and field(at, "接口地址").value == "http://models.bank/v1"  # type: ignore[attr-defined]


def test_limits_and_the_branch_name_are_saved(house: Instance, administrator: Actor, visit: Visit) -> None:
    at = visit(administrator, PAGE)
    field(at, "机构名称").set_value("海州分行")  # type: ignore[attr-defined]
    press(at, "保存")
    assert house.settings.branch_name == "海州分行"


def test_two_administrators_do_not_write_over_each_other(house: Instance, administrator: Actor, visit: Visit) -> None:
    at = visit(administrator, PAGE)
    administration.change(administrator, house, {"max_file_megabytes": 77})
    next(one for one in at.number_input if one.label == "单个文件（页）").set_value(900)
    at = save_limits(at)
    assert (house.settings.max_file_megabytes, house.settings.max_pages) == (77, 900) and "别人改的也保留了：单个文件（MB）" in words(at)
    administration.change(administrator, house, {"max_pages": 500})
    next(one for one in at.number_input if one.label == "单个文件（页）").set_value(800)
    at = save_limits(at)
    assert "也改了同样的地方" in words(at) and house.settings.max_pages == 500
    next(one for one in at.get("button_group") if (one.key or "").endswith("_side_max_pages")).set_value("mine")
    press(at.run(), "保存选好的")
    assert (house.settings.max_file_megabytes, house.settings.max_pages) == (77, 800)


def save_limits(at: AppTest) -> AppTest:
    next(one for one in at.button if (one.key or "").startswith("limits_0") and (one.key or "").endswith("_save")).click()
    return at.run()


def press_second(at: AppTest, label: str) -> AppTest:
    """Press the second button with this label: the model's own."""
    [one for one in at.button if one.label == label][1].click()
    return at.run()
