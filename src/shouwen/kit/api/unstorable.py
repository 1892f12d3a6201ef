"""Which fields of a request hold what no column can keep: found only after the database has refused it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.request import RawPostDataException

LARGEST = 2**63 - 1


def fields(request: HttpRequest) -> list[str]:
    """Return the fields of a request, by path, whose text or number cannot be kept."""
    asked = {name: request.GET.getlist(name) for name in request.GET}
    return list(dict.fromkeys([*_within("", asked), *_within("", _body(request))]))


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body or b"null")
    except (ValueError, RawPostDataException, RecursionError):
        return None


def _within(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _within(f"{path}.{name}".lstrip("."), part)
    elif isinstance(value, list):
        for part in value:
            yield from _within(path, part)
    elif path and not _keeps(value):
        yield path


def _keeps(value: Any) -> bool:
    """Tell whether the database can keep a value: no NUL, no half of a character, no number beyond 64 bits."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    return not isinstance(value, int) or -LARGEST <= value <= LARGEST
