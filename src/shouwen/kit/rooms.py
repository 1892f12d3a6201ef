"""How a room presents itself to Django."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar

from django.apps import AppConfig

PARTS = (
    *("permissions", "events", "subscribers", "jobs", "activities"),
    *("versions", "approvals", "exports", "imports", "privacy"),
)


class RoomConfig(AppConfig):
    """A room of the house: registers its permissions, reactions, jobs, activities and more when Django starts."""

    default_auto_field = "django.db.models.BigAutoField"
    seeded: ClassVar[tuple[str, ...]] = ()
    """Tables filled by migrations: reference data that tests must not empty."""

    def ready(self) -> None:
        for part in PARTS:
            if find_spec(f"{self.name}.{part}"):
                import_module(f"{self.name}.{part}")
