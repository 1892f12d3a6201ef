"""The list of what has versions, declared by the rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shouwen.kit.permissions import declare

from .compare import Say, nothing
from .errors import UnknownKind

Content = dict[str, Any]
VIEW = declare(
    "kit.versions.view",
    zh="查看版本与审核",
    en="See versions and reviews",
    default_for=("data_maintenance", "quality", "shift_leader", "duty_leader", "system_management"),
)


def as_it_is(content: Content) -> Content:
    """Accept any content."""
    return content


@dataclass(frozen=True)
class Kind:
    """A kind of content under versions.

    `check` returns the content as it shall be kept, or refuses with an InvalidInput. `ready` is asked before a review
    (and again before publishing) for what a draft may still lack. `edit` and `publish` are permission codes. `labels`
    give the names of the content's fields in both languages, and `say` the words for a value under a field (None: as
    it is), wherever the content is said in words.
    """

    code: str
    zh: str
    en: str
    edit: str
    publish: str
    check: Callable[[Content], Content] = as_it_is
    ready: Callable[[Content], Content] = as_it_is
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    say: Say = nothing


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Put a kind on the list."""
    KINDS[kind.code] = kind
    return kind


def kind_of(code: str) -> Kind:
    """Return a kind by code; refuse what no room has declared."""
    if code not in KINDS:
        raise UnknownKind(kind=code[:60])
    return KINDS[code]
