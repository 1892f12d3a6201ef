"""Looks an installation over: each finding says what is, and what to do if that is not well."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from shouwen.project.config import Config

from . import clock, database, keeping, machine, voice, work
from .finding import Finding

__all__ = ["Finding", "examine"]

_OF_THE_DATABASE = (
    database.version,
    database.encoding,
    database.characters,
    database.migrations,
    work.jobs,
    work.deliveries,
    work.worker,
    clock.skew,
    clock.jumps,
    clock.speed,
)
_OF_THE_MACHINE = (
    machine.disk,
    machine.keys,
    keeping.backup,
    machine.processes,
    machine.port,
    machine.pages,
    machine.scanner,
    voice.asterisk,
)


def examine(config: Config) -> Iterator[Finding]:
    """Return every finding; what needs the database is left out when there is none to ask."""
    reached = database.reach(config)
    if isinstance(reached, Finding):
        yield reached
    else:
        with reached as connection:
            yield database.reached(config)
            for ask in _OF_THE_DATABASE:
                yield _asked(connection, ask)
    for look in _OF_THE_MACHINE:
        yield look(config)


def _asked(connection: psycopg.Connection[tuple[object, ...]], ask: object) -> Finding:
    """Return a finding; a question that the database cannot answer is a finding too."""
    try:
        with connection.transaction(force_rollback=True):
            found = ask(connection)  # type: ignore[operator]
    except psycopg.Error as failure:
        return Finding(getattr(ask, "__name__", "?"), ok=False, detail=str(failure).strip(), remedy="shouwen migrate")
    assert isinstance(found, Finding)
    return found
