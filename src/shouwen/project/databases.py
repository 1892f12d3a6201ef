"""How Django reaches PostgreSQL, from one address."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

OPTIONS = "-c idle_in_transaction_session_timeout=30000 -c lock_timeout=10000"


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Translate a libpq address into Django's setting.

    A pool keeps connections warm in threaded servers; commands and tests take one connection each.
    """
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {"options": OPTIONS, "server_side_binding": True, "prepare_threshold": 2}
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 10, "max_lifetime": 1800}
    known = {"host", "port", "user", "password", "dbname", "options"}
    options |= {k: v for k, v in parts.items() if k not in known}
    return {
        "ENGINE": "shouwen.project.connections",
        "NAME": parts.get("dbname", "shouwen"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 0 if pooled else None,
        "CONN_HEALTH_CHECKS": True,  # a killed server leaves dead connections behind
        "OPTIONS": options,
    }
