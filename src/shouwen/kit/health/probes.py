"""Is this process alive, and may traffic come? Asked by supervisors and load balancers, answered without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from shouwen.kit import clock
from shouwen.kit.models import ProcessBeat

from .beats import SILENT

State = Literal["ok", "failed", "unknown"]
_seen: set[Literal["migrated"]] = set()


@dataclass(frozen=True)
class Readiness:
    """What must be true before traffic comes."""

    database: State
    migrations: State
    worker: State

    @property
    def ready(self) -> bool:
        """Tell whether all of it is true."""
        return {self.database, self.migrations, self.worker} == {"ok"}


def readiness() -> Readiness:
    """Ask the database; what cannot be asked is unknown."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return Readiness("ok", _said(is_migrated()), _said(worker_lives()))
    except Error:
        return Readiness("failed", "unknown", "unknown")


def _said(well: bool) -> State:  # noqa: FBT001
    return "ok" if well else "failed"


def is_migrated() -> bool:
    """Tell whether every migration of this code is applied; asked until it is, then never again."""
    if "migrated" not in _seen:
        loader = MigrationLoader(connection)
        if set(loader.graph.nodes) - set(loader.applied_migrations):
            return False
        _seen.add("migrated")
    return True


def worker_lives() -> bool:
    """Tell whether any worker gave a sign of life lately."""
    return ProcessBeat.objects.filter(kind="worker", seen_at__gte=clock.wall() - SILENT).exists()
