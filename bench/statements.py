"""Prints the SQL that one request runs, as literal statements: `python -m bench.statements PATH [JSON]`.

The session is in COOKIE. With a body it is a POST, sent once; without, a GET whose second time counts.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
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
    body = sys.argv[2] if len(sys.argv) > 2 else ""
    if not body:
        client.get(sys.argv[1])  # what only the first request of a process asks is not counted

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
        found.append(ClientCursor(connection.connection).mogrify(sql, params) if params else sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = _post(client, body) if body else client.get(sys.argv[1])
    assert answer.status_code in {200, 201}, answer.content
    print(json.dumps(found))


def _post(client: Any, body: str) -> Any:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    return client.post(sys.argv[1], body, content_type="application/json", headers=headers)


if __name__ == "__main__":
    main()
