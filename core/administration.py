"""Changing how this copy of the product is set up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core import settings as settings_module
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import repository as documents
from core.documents.embedding import EndpointEmbedder, folder_embedder
from core.documents.indexing import INDEX_JOB
from core.documents.tables import IndexState
from core.errors import BadInput
from core.i18n import Message
from core.instance import Instance
from core.jobs import repository as jobs
from core.notices.addresses import checked
from core.settings import Settings, from_environment
from core.storage.repository import store_settings, stored_settings


def current(actor: Actor, instance: Instance) -> Settings:
    """The settings in force, for those who may change them. Raises `NotAllowed`."""
    require(actor, Right.CHANGE_SETTINGS)
    return instance.settings


def change(actor: Actor, instance: Instance, values: Mapping[str, Any]) -> Settings:
    """Store `values` and put them in force; secrets go to the key folder. Raises `BadInput` naming what cannot be used."""
    require(actor, Right.CHANGE_SETTINGS)
    settings = instance.settings
    for name in values:
        if from_environment(name):
            raise BadInput(Message("设置项 {name} 由服务器的环境变量决定，不能在页面上修改。", name=name))
    values = checked(values)
    secret = {name: value for name, value in values.items() if name in Settings.SECRETS}
    plain = {name: value for name, value in values.items() if name in Settings.STORED}
    with instance.database.writing() as db:
        settings_module.load({**stored_settings(db), **plain}, settings.data)
        store_settings(db, plain)
        record(db, actor, "settings_changed", "settings", 0, detail_names=sorted(values))
    for name, value in secret.items():
        settings_module.write_secret(settings.keys, name, value)
    instance.follow_settings()
    return instance.settings


def change_embedding(actor: Actor, instance: Instance, values: Mapping[str, Any]) -> int:
    """Change where vectors come from, try it, and queue every document for the index again. Returns how many.

    Raises `BadInput` or `Unavailable` when the new source does not work; then nothing changes.
    """
    require(actor, Right.CHANGE_SETTINGS)
    _try_embedding(instance.settings.model_copy(update=dict(values)))
    change(actor, instance, values)
    instance.use_other_embedder()
    with instance.database.writing() as db:
        rows = documents.in_state(db, [IndexState.READY])
        for row in rows:
            assert row.id is not None
            row.state = IndexState.WAITING
            jobs.add(db, INDEX_JOB, row.id, actor.account_id)
    return len(rows)


def _try_embedding(settings: Settings) -> None:
    if settings.embedding == "endpoint":
        EndpointEmbedder(settings.embedding_url, settings.embedding_key, settings.embedding_name).query("测试")
    if settings.embedding == "folder":
        folder_embedder(Path(settings.embedding_folder), settings.threads).query("测试")
