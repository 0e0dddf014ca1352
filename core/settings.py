"""Everything that can be set, in one frozen object: the environment first, then what the settings page stored, then the defaults.

Names in the environment are the field's name in capitals behind `CEXUN_` (`CEXUN_DATA`, `CEXUN_MODEL_URL` …). Secrets are never written
to the database or a log: the settings page keeps them as files in the data directory's `keys` folder, readable by the owner alone.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from filelock import FileLock
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from core.errors import BadInput
from core.i18n import Language, Message

Embedding = Literal["local", "endpoint", "folder", "none"]
MailSecurity = Literal["starttls", "tls", "none"]


class Settings(BaseSettings):
    """How this copy of the product is set up. Sizes are in the unit of the name."""

    model_config = SettingsConfigDict(env_prefix="CEXUN_", frozen=True, extra="ignore", env_ignore_empty=True)

    data: Path = Path("data/local")
    database_url: str = Field(default="", repr=False)
    chroma_url: str = ""
    public_url: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    secure_cookies: bool = False
    sign_in_days: int = Field(default=30, ge=1, le=365)
    shares: bool = True
    workshops: bool = True

    oidc_metadata_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_label: str = ""

    branch_name: str = Field(default="", max_length=60)
    model_url: str = ""
    model_name: str = ""
    model_key: str = Field(default="", repr=False)
    model_timeout_seconds: float = Field(default=60.0, ge=1, le=600)

    embedding: Embedding = "local"
    embedding_url: str = ""
    embedding_name: str = ""
    embedding_key: str = Field(default="", repr=False)
    embedding_folder: str = ""
    threads: int = Field(default=2, ge=1, le=64)

    notices_outside: bool = False
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: MailSecurity = "starttls"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_sender: str = ""
    # The addresses of groups hold the token by which anybody may write into them.
    dingtalk_url: str = Field(default="", repr=False)
    dingtalk_secret: str = Field(default="", repr=False)
    wecom_url: str = Field(default="", repr=False)
    groups_language: Language = "zh"

    max_file_megabytes: int = Field(default=100, ge=1, le=2000)
    max_pages: int = Field(default=2000, ge=1, le=20000)
    parse_memory_megabytes: int = Field(default=2500, ge=500, le=64000)
    ocr_seconds_per_page: float = Field(default=40.0, ge=1, le=600)

    # What the settings page may change; the rest belongs to whoever runs the server.
    STORED: ClassVar[frozenset[str]] = frozenset(
        {
            "branch_name",
            "shares",
            "workshops",
            "model_url",
            "model_name",
            "model_timeout_seconds",
            "embedding",
            "embedding_url",
            "embedding_name",
            "embedding_folder",
            "notices_outside",
            "groups_language",
            "smtp_host",
            "smtp_port",
            "smtp_security",
            "smtp_user",
            "smtp_sender",
            "max_file_megabytes",
            "max_pages",
        }
    )
    SECRETS: ClassVar[frozenset[str]] = frozenset(
        {"model_key", "embedding_key", "smtp_password", "dingtalk_url", "dingtalk_secret", "wecom_url"}
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # The environment stands above the stored values, which come in as arguments.
        return env_settings, init_settings

    @property
    def database(self) -> str:
        """The database's address, with the default filled in."""
        given = self.database_url or f"sqlite:///{(self.data / 'cexun.db').as_posix()}"
        # The address as PostgreSQL's own tools write it names no driver.
        return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", given)

    @property
    def uploads(self) -> Path:
        """The folder of original files."""
        return self.data / "uploads"

    @property
    def imports(self) -> Path:
        """The folder of tables of people that wait to be imported, each for as long as it waits."""
        return self.data / "imports"

    @property
    def result_imports(self) -> Path:
        """The folder of files of results that wait to be taken in, each for as long as it waits."""
        return self.data / "result_imports"

    @property
    def index(self) -> Path:
        """The folder of the search index, all of which can be built again from the database and the uploads."""
        return self.data / "index"

    @property
    def keys(self) -> Path:
        """The folder of secrets."""
        return self.data / "keys"

    @property
    def has_model(self) -> bool:
        """Whether a model endpoint is configured."""
        return bool(self.model_url and self.model_name)

    @property
    def vectors(self) -> tuple[str, ...]:
        """Where vectors come from: where this differs, they are others."""
        return (self.embedding, self.embedding_url, self.embedding_name, self.embedding_folder, self.embedding_key)

    @property
    def has_mail(self) -> bool:
        """Whether a mail server is configured."""
        return bool(self.smtp_host and self.smtp_sender)

    @property
    def has_oidc(self) -> bool:
        """Whether the bank's own sign-in is configured."""
        return bool(self.oidc_metadata_url and self.oidc_client_id)


def load(stored: Mapping[str, Any] | None = None, data: Path | None = None) -> Settings:
    """The settings of the environment over `stored` over the defaults.

    Raises `BadInput` naming the variable when a value of the environment or of `stored` cannot be used.
    """
    known = {name: value for name, value in (stored or {}).items() if name in Settings.STORED}
    try:
        plain = Settings(**known)
        placed = plain if data is None else plain.model_copy(update={"data": data})
        return Settings(**known, **_secrets_on_file(placed.keys)).model_copy(update={"data": placed.data})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        raise BadInput(Message("设置项 {name} 的值不可用：{reason}", name=name, reason=first["msg"])) from error


def from_environment(name: str) -> bool:
    """Whether the environment decides the setting `name`, so that the page cannot."""
    return bool(os.environ.get(f"CEXUN_{name.upper()}"))


def write_secret(keys: Path, name: str, value: str) -> None:
    """Keep a secret as a file that only its owner can read; an empty value removes it."""
    path = keys / name
    if not value:
        path.unlink(missing_ok=True)
        return
    _make_private(keys)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(value, encoding="utf-8")
    fresh.replace(path)


def own_secret(keys: Path, name: str) -> str:
    """A random secret of this data directory, made on first use (the key that signs cookies)."""
    path = keys / name
    if not path.exists():
        _make_private(keys)
        # Of two servers that start at once both go by the same: the second finds what the first has made.
        with FileLock(keys / "making.lock"):
            if not path.exists():
                write_secret(keys, name, secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8")


def _make_private(keys: Path) -> None:
    keys.mkdir(parents=True, exist_ok=True)
    keys.chmod(0o700)


def _secrets_on_file(keys: Path) -> dict[str, Any]:
    found = {name: keys / name for name in Settings.SECRETS}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if path.exists()}
