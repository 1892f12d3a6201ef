"""The database: is it there, is it new enough, does it know Chinese, are its tables up to date."""

from __future__ import annotations

import psycopg

from shouwen.project.config import Config
from shouwen.project.installation import database
from shouwen.project.speech import say

from .finding import Finding

OLDEST = 160000
Connection = psycopg.Connection[tuple[object, ...]]


def reach(config: Config) -> Connection | Finding:
    """Return a connection, or why there is none."""
    try:
        return psycopg.connect(config.database_url, connect_timeout=5)
    except psycopg.OperationalError as failure:
        first = str(failure).strip().splitlines()[0]
        remedy = (
            say("先启动系统：shouwen up", "Start Shouwen first: shouwen up")
            if config.embedded
            else say("检查 DATABASE_URL 和数据库服务。", "Check DATABASE_URL and the database server.")
        )
        return Finding(say("数据库", "database"), ok=False, detail=first, remedy=remedy)


def reached(config: Config) -> Finding:
    """Say which database answers."""
    detail = say("内置 PostgreSQL", "embedded PostgreSQL") if config.embedded else "DATABASE_URL"
    return Finding(say("数据库", "database"), ok=True, detail=detail)


def version(connection: Connection) -> Finding:
    """PostgreSQL 16 or newer."""
    number = connection.info.server_version
    return Finding(
        say("数据库版本", "database version"),
        ok=number >= OLDEST,
        detail=f"PostgreSQL {number // 10000}.{number % 10000}",
        remedy=say("升级到 PostgreSQL 16 或更新的版本。", "Upgrade to PostgreSQL 16 or newer."),
    )


def encoding(connection: Connection) -> Finding:
    """UTF-8, or names are lost."""
    (found,) = connection.execute("show server_encoding").fetchone() or ("?",)
    return Finding(
        say("字符编码", "encoding"),
        ok=found == "UTF8",
        detail=str(found),
        remedy=say(
            "新建数据库：createdb -E UTF8 -T template0。", "Make the database with: createdb -E UTF8 -T template0."
        ),
    )


def characters(connection: Connection) -> Finding:
    """Ask whether Chinese characters count as letters: with lc_ctype C searches silently lose them."""
    row = connection.execute(
        "select '宽带故障' ~ '^[[:alpha:]]+$', datctype, pg_encoding_to_char(encoding) "
        "from pg_database where datname = current_database()"
    ).fetchone()
    assert row is not None
    ctype = str(row[1])
    return Finding(
        say("语言环境", "locale"),
        ok=bool(row[0]) and ctype not in {"C", "POSIX"},
        detail=f"lc_ctype {ctype}",
        remedy=say(
            "用 createdb --lc-ctype=C.UTF-8 -T template0 新建数据库并迁移数据，否则中文检索会漏掉内容。",
            "Make the database with createdb --lc-ctype=C.UTF-8 -T template0 and move the data: "
            "until then searches lose Chinese text.",
        ),
    )


def migrations(connection: Connection) -> Finding:
    """Every installed migration applied."""
    rows = connection.execute("select app, name from django_migrations").fetchall()
    missing = sorted(set(database.installed()) - {(str(app), str(name)) for app, name in rows})
    shown = ", ".join(f"{app}.{name}" for app, name in missing[:5])
    return Finding(
        say("数据表", "migrations"),
        ok=not missing,
        detail=shown or say("都是最新的", "all applied"),
        remedy="shouwen migrate",
    )
