"""What the start needs to know about the database, asked without loading Django."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shouwen.project.rooms import ROOMS

PACKAGES = {
    "contenttypes": "django.contrib.contenttypes",
    "auth": "django.contrib.auth",
    "sessions": "django.contrib.sessions",
    "procrastinate": "procrastinate.contrib.django",
    **{room: f"shouwen.{room}" for room in ROOMS},
}


def ensure_database(url: str) -> None:
    """Make the database that the address names, if the server has none of that name."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as failure:
        if "does not exist" not in str(failure):
            raise
        name = str(conninfo_to_dict(url).get("dbname", ""))
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def is_migrated(url: str) -> bool:
    """Tell whether every migration that is installed has been applied."""
    return set(installed()) <= set(applied(url))


def applied(url: str) -> list[tuple[str, str]]:
    """Return every migration that has been applied, as (application, name)."""
    rows = _rows(url, "django_migrations", "select app, name from django_migrations")
    return [(str(app), str(name)) for app, name in rows]


def has_staff(url: str) -> bool:
    """Tell whether anybody has an account."""
    return bool(_rows(url, "accounts_staff", "select 1 from accounts_staff limit 1"))


def trial_speed(url: str) -> float | None:
    """Return how fast a trial database's time runs, None for a real one."""
    rows = _rows(url, "kit_clock", "select speed from kit_clock where id = 1 and trial")
    return float(str(rows[0][0])) if rows else None


def _rows(url: str, table: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, connect_timeout=5) as connection:
        found = connection.execute("select to_regclass(%s)", [table]).fetchone()
        if found is None or found[0] is None:
            return []
        return connection.execute(query.encode()).fetchall()


def installed() -> Iterator[tuple[str, str]]:
    """Return every migration that is installed, as (application, name)."""
    for label, package in PACKAGES.items():
        for place in _places(package):
            for file in (place / "migrations").glob("[0-9]*.py"):
                yield label, file.stem


def _places(package: str) -> list[Path]:
    """Return where a package lies, without running it; parents that must be run to look are light."""
    top, _, below = package.partition(".")
    spec = find_spec(top)
    roots = (spec.submodule_search_locations or []) if spec else []
    return [place for root in roots if (place := Path(root).joinpath(*below.split("."))).is_dir()]
