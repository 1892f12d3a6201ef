"""Numbers for the outside: time-ordered UUIDs made by the database, so that inside keys stay small and secret."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func


class PublicId(models.UUIDField[Any, Any]):
    """A unique identifier that may leave the system (uuidv7, made by the database)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("db_default", Func(function="kit_uuidv7", output_field=models.UUIDField()))
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)
