"""The forms of the settings page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

import streamlit as st

from core import administration
from core.access.actor import Actor
from core.editing.comparing import Field
from core.errors import CexunError
from core.i18n import Message
from core.instance import instance
from core.llm.checking import check
from core.settings import Embedding, Settings, from_environment
from pages.shared import state
from pages.shared.record_form import Record, Written, record_form
from pages.shared.text import _, literal

Values = dict[str, Any]
_TEST = "test"
# The forms with their fields; a key that is typed is never shown.
_FORMS = {
    "branch": {"branch_name": Field(Message("机构名称"))},
    "model": {
        "model_url": Field(Message("接口地址")),
        "model_name": Field(Message("模型名称")),
        "model_timeout_seconds": Field(Message("最长等待（秒）")),
    },
    "limits": {"max_file_megabytes": Field(Message("单个文件（MB）")), "max_pages": Field(Message("单个文件（页）"))},
    "shares": {"shares": Field(Message("允许用共享链接免登录查看页面"))},
    "workshops": {"workshops": Field(Message("允许用链接免登录加入共创看板"))},
}
_EMBEDDINGS = {
    "local": Message("随系统安装的模型（本机运行）"),
    "endpoint": Message("行内向量接口"),
    "folder": Message("服务器上的模型文件夹"),
    "none": Message("不用语义模型，只按字词检索"),
}


def branch_form(actor: Actor, settings: Settings) -> None:
    """What the branch is called."""
    with st.container(border=True):
        st.subheader(_("机构"), anchor=False)
        _form(actor, "branch", {"branch_name": settings.branch_name}, _branch)


def _branch(known: Values, key: str) -> Values | None:
    with st.form(key, border=False):
        name = st.text_input(_("机构名称"), value=known["branch_name"], max_chars=60, disabled=from_environment("branch_name"))
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"branch_name": name.strip()} if pressed else None


def model_form(actor: Actor, settings: Settings) -> None:
    """The model endpoint inside the bank, and whether it works."""
    with st.container(border=True):
        st.subheader(_("大模型接口（可选）"), anchor=False)
        st.caption(_("不配置也能使用全部功能，回答为原文摘录。接口须兼容 OpenAI 格式，文件内容只会发往这个地址。"))
        stored = {name: getattr(settings, name) for name in _FORMS["model"]} | {"model_key": "", _TEST: False}
        written = _written("model", stored, lambda known, key: _model(known, settings, key))
        if written is not None:
            typed = {name: value for name, value in written.value.items() if name != _TEST and (value or name != "model_key")}
            if not written.value[_TEST]:
                _save(actor, typed, written)
            with st.spinner(_("正在测试……")):
                found = check(settings.model_copy(update=typed))
            (st.success if found.ok else st.error)(literal(_(found.message)))
        if settings.model_key and not from_environment("model_key") and st.button(_("删除已保存的密钥"), type="tertiary"):
            _save(actor, {"model_key": ""})


def _model(known: Values, settings: Settings, key: str) -> Values | None:
    with st.form(key, border=False):
        url = st.text_input(
            _("接口地址"), value=known["model_url"], placeholder="http://10.0.0.8:8000/v1", disabled=from_environment("model_url")
        )
        name = st.text_input(_("模型名称"), value=known["model_name"], placeholder="qwen3-32b", disabled=from_environment("model_name"))
        secret = st.text_input(
            _("密钥"),
            type="password",
            placeholder=_("已保存；留空则不变") if settings.model_key else _("没有密钥可留空"),
            disabled=from_environment("model_key"),
            autocomplete="off",
        )
        wait = st.number_input(
            _("最长等待（秒）"),
            min_value=1,
            max_value=600,
            value=round(known["model_timeout_seconds"]),
            disabled=from_environment("model_timeout_seconds"),
            help=_("等这么久模型还没有回应，就改用不需要模型的办法。"),
        )
        with st.container(horizontal=True):
            save = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
            test = st.form_submit_button(_("测试连接"), icon=":material/network_check:")
    typed = {"model_url": url.strip(), "model_name": name.strip(), "model_key": secret.strip(), "model_timeout_seconds": float(wait)}
    return {**typed, _TEST: bool(test)} if save or test else None


def embedding_form(actor: Actor, settings: Settings) -> None:
    """Where vectors come from; a change indexes everything again."""
    with st.container(border=True):
        st.subheader(_("语义检索模型"), anchor=False)
        if settings.embedding == "local" and instance().index.embedder is None:
            st.warning(_("这台机器没有随附的语义模型，目前只按字词检索。可以接入行内向量接口或模型文件夹。"))
        source = st.selectbox(
            _("向量来源"),
            get_args(Embedding),
            index=get_args(Embedding).index(settings.embedding),
            format_func=lambda name: _(_EMBEDDINGS[name]),
            placeholder=_("请选择"),
            disabled=from_environment("embedding"),
            key="embedding_source",
        )
        with st.form("embedding", border=False):
            values: dict[str, Any] = {"embedding": source}
            if source == "endpoint":
                values["embedding_url"] = st.text_input(_("接口地址"), value=settings.embedding_url).strip()
                values["embedding_name"] = st.text_input(_("模型名称"), value=settings.embedding_name).strip()
                key = st.text_input(_("密钥"), type="password", autocomplete="off", placeholder=_("留空则不变")).strip()
                if key:
                    values["embedding_key"] = key
            if source == "folder":
                values["embedding_folder"] = st.text_input(_("文件夹路径（在服务器上）"), value=settings.embedding_folder).strip()
            st.caption(_("更换后，全部文件会重新建立索引，进度显示在文件库页。"))
            if st.form_submit_button(_("试用并更换"), type="primary", disabled=from_environment("embedding")):
                _change_embedding(actor, settings, values)


def limits_form(actor: Actor, settings: Settings) -> None:
    """How large a file may be."""
    with st.container(border=True):
        st.subheader(_("文件上限"), anchor=False)
        _form(actor, "limits", {"max_file_megabytes": settings.max_file_megabytes, "max_pages": settings.max_pages}, _limits)


def _limits(known: Values, key: str) -> Values | None:
    with st.form(key, border=False):
        with st.container(horizontal=True):
            megabytes = st.number_input(_("单个文件（MB）"), value=known["max_file_megabytes"], min_value=1, max_value=2000)
            pages = st.number_input(_("单个文件（页）"), value=known["max_pages"], min_value=1, max_value=20000)
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"max_file_megabytes": int(megabytes), "max_pages": int(pages)} if pressed else None


def shares_form(actor: Actor, settings: Settings) -> None:
    """Whether pages may be read by link without an account."""
    with st.container(border=True):
        st.subheader(_("共享链接"), anchor=False)
        _form(actor, "shares", {"shares": settings.shares}, _shares)


def _shares(known: Values, key: str) -> Values | None:
    with st.form(key, border=False):
        shares = st.toggle(_("允许用共享链接免登录查看页面"), value=known["shares"], disabled=from_environment("shares"))
        st.caption(_("关闭后，全部共享链接立即打不开；再打开，还没过期的恢复可用。"))
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"shares": shares} if pressed else None


def workshops_form(actor: Actor, settings: Settings) -> None:
    """Whether people may join workshop boards by link without an account."""
    with st.container(border=True):
        st.subheader(_("共创看板"), anchor=False)
        _form(actor, "workshops", {"workshops": settings.workshops}, _workshops)


def _workshops(known: Values, key: str) -> Values | None:
    with st.form(key, border=False):
        workshops = st.toggle(_("允许用链接免登录加入共创看板"), value=known["workshops"], disabled=from_environment("workshops"))
        st.caption(_("关闭后，来宾的页面立即打不开，已提交的内容保留；再打开，还没过期的链接恢复可用。"))
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"workshops": workshops} if pressed else None


def _open_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not from_environment(name)}


def _change_embedding(actor: Actor, settings: Settings, values: dict[str, Any]) -> None:
    if all(getattr(settings, name) == value for name, value in values.items()):
        st.info(_("没有变化。"))
        return
    try:
        with st.spinner(_("正在试用新的模型……")):
            queued = administration.change_embedding(actor, instance(), values)
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return
    instance().worker.wake()
    state.say_next(_("已更换，{n} 份文件正在重新建立索引", n=queued))
    st.rerun()


def _form(actor: Actor, name: str, stored: Values, draw: Callable[[Values, str], Values | None]) -> None:
    written = _written(name, stored, draw)
    if written is not None:
        _save(actor, written.value, written)


def _written(name: str, stored: Values, draw: Callable[[Values, str], Values | None]) -> Written[Values] | None:
    return record_form(name, Record("settings", 0, actions=("settings_changed",)), stored, _FORMS[name], draw)


def _save(actor: Actor, values: Mapping[str, Any], written: Written[Values] | None = None) -> None:
    try:
        administration.change(actor, instance(), _open_fields(values))
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return
    state.wrote({})
    state.say_next(written.done(_("已保存")) if written else _("已保存"))
    st.rerun()
