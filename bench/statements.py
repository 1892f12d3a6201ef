"""Prints the SQL that one request runs, as literal statements: `python -m bench.statements PATH`, session in COOKIE."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")


def main() -> None:
    """Run the request in this process and print what went to the database."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from psycopg import ClientCursor

    client, found = Client(), []
    client.cookies["sw_staff"] = os.environ["COOKIE"]
    client.get(sys.argv[1])  # what only the first request of a process asks is not counted

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
        found.append(ClientCursor(connection.connection).mogrify(sql, params) if params else sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.get(sys.argv[1])
    assert answer.status_code == 200, answer.content
    print(json.dumps(found))


if __name__ == "__main__":
    main()
