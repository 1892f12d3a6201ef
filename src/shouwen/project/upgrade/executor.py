"""Django's migrations, each as one transaction together with the note that it was applied.

Django writes that note after it has committed what a migration defers (foreign keys, indexes); a process killed in
between leaves tables that the next run would make a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class WholeMigrations(MigrationExecutor):
    """Applies each migration and notes it, both or neither."""

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,  # noqa: FBT001, FBT002
        fake_initial: bool = False,  # noqa: FBT001, FBT002
    ) -> ProjectState:
        if not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        with transaction.atomic():
            return super().apply_migration(state, migration, fake, fake_initial)


def migrate(told: Callable[[str], None]) -> None:
    """Apply every migration that is installed and has not been applied."""

    def progress(action: str, migration: Migration | None = None, fake: bool = False) -> None:  # noqa: FBT001, FBT002, ARG001
        if action == "apply_start" and migration is not None:
            told(f"{migration.app_label}.{migration.name}")

    connection.prepare_database()
    executor = WholeMigrations(connection, progress)  # type: ignore[arg-type]
    executor.loader.check_consistent_history(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    before = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]  # noqa: SLF001
    _signal(emit_pre_migrate_signal, apps=before.apps, plan=plan)
    after = executor.migrate(targets, plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    _signal(emit_post_migrate_signal, apps=after.apps, plan=plan)


def _signal(emit: Callable[..., Any], **what: object) -> None:
    emit(verbosity=0, interactive=False, db=connection.alias, **what)
