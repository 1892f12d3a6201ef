"""The one typed configuration, read once from the environment and the data folder."""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Config(BaseSettings):
    """Everything that can be set from outside."""

    model_config = SettingsConfigDict(env_prefix="SHOUWEN_", extra="ignore")

    data: Path = Path.home() / ".local/share/shouwen"
    database_url: str = Field("postgresql:///shouwen", validation_alias="DATABASE_URL")
    secret_key: str = "dev-only"
    pooled: bool = False
    tls: bool = False
    log_level: str = "INFO"
    operator_name: str = "江海通信"
    access_code: str = "10000"
    demo: bool = False

    def operator(self) -> dict[str, object]:
        """Return what screens say about the operator."""
        return {"name": self.operator_name, "access_code": self.access_code, "demo": self.demo}


@functools.lru_cache(maxsize=1)
def load() -> Config:
    """Read the configuration once."""
    return Config()
