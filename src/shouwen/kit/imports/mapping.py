"""Which column is which field: guessed by name, changed by a person. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from .kinds import Field

ALIKE = 0.82


def guess(headings: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Return for each field the column whose heading names it; names that are alike count when none is the same."""
    named = {_plain(name): at for at, name in reversed(list(enumerate(headings))) if name}
    chosen: dict[str, int] = {}
    for field in fields:
        same = next((named[n] for n in _names(field) if n in named and named[n] not in chosen.values()), None)
        if same is not None:
            chosen[field.key] = same
    for field in fields:
        if field.key not in chosen:
            near = _near(field, named, set(chosen.values()))
            if near is not None:
                chosen[field.key] = near
    return chosen


def _near(field: Field, named: Mapping[str, int], taken: set[int]) -> int | None:
    free = [name for name, at in named.items() if at not in taken]
    found = (difflib.get_close_matches(name, free, 1, ALIKE) for name in _names(field))
    return next((named[match[0]] for match in found if match), None)


def _names(field: Field) -> list[str]:
    return [_plain(name) for name in (field.key, field.zh, field.en, *field.aliases)]


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-*（）()：:/.]+", "", name).casefold()
