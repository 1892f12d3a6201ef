"""A version in words, and two of them side by side. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

NAMES = ("key", "code", "id", "name")
BOTH = {"zh", "en"}
CLOCK = re.compile(r"\d\d:\d\d")
Path = tuple[str, ...]
Labels = Mapping[str, tuple[str, str]]
Say = Callable[[str, Any], tuple[str, str] | None]
_ZH = {"added": "{at}：新增{after}", "removed": "{at}：删除{before}", "changed": "{at}：由{before}改为{after}"}
_EN = {"added": "{at}: added {after}", "removed": "{at}: removed {before}", "changed": "{at}: {before} became {after}"}
QUOTED = ("「{}」", "“{}”")
LISTED = ("、", ", ")
GROUPS = ("；", "; ")
NOTHING = ("空", "nothing")
MISSING = object()
What = Literal["added", "removed", "changed"]


def nothing(_name: str, _value: Any) -> tuple[str, str] | None:
    """Have no words of one's own."""
    return None


@dataclass(frozen=True)
class Change:
    """One difference: where, what was there, what is, and the sentence in both languages."""

    path: str
    what: What
    before: Any
    after: Any
    zh: str
    en: str


@dataclass(frozen=True)
class Line:
    """One thing that a content says: where it stands, and what it is, in both languages."""

    at_zh: str
    at_en: str
    zh: str
    en: str


def compare(before: Any, after: Any, labels: Labels | None = None, say: Say = nothing) -> list[Change]:
    """Return what differs between two contents; entries of a list are matched by their key, code, id or name."""
    tongues = _tongues(labels, say)
    return [_change(path, old, new, tongues) for path, old, new in _differences((), before, after)]


def spoken(content: Any, labels: Labels | None = None, say: Say = nothing) -> list[Line]:
    """Return all that a content says, line by line."""
    if not content:
        return []
    zh, en = _tongues(labels, say)
    return [
        Line(zh.place(path), en.place(path), zh.said(value, path), en.said(value, path))
        for path, value in _leaves((), content)
    ]


def _leaves(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    name = _name_of(value) if isinstance(value, list) else None
    if isinstance(value, dict) and value and not (path and set(value) == BOTH):
        for key, held in value.items():
            yield from _leaves((*path, key), held)
    elif name:
        for entry in value:
            yield from _leaves((*path, entry[name]), {key: held for key, held in entry.items() if key != name})
    else:
        yield path, value


@dataclass(frozen=True)
class _Tongue:
    """How a kind's contents are said in one language."""

    language: int
    labels: Labels
    say: Say

    def place(self, path: Path) -> str:
        """Say where something stands."""
        return " › ".join(self.named(part) for part in path)

    def named(self, part: str) -> str:
        """Name a field."""
        return self.labels.get(part, (part, part))[self.language]

    def said(self, value: Any, path: Path) -> str:
        """Say a value as a reader would: in the kind's own words where it has some."""
        own = self.say(path[-1] if path else "", value)
        if own is not None:
            return own[self.language]
        if isinstance(value, list):
            return self._said_of_list(value, path)
        if isinstance(value, dict):
            return self._said_of_group(value, path)
        if isinstance(value, bool):
            return (("否", "no"), ("是", "yes"))[value][self.language]
        return NOTHING[self.language] if value is None or value == "" else str(value)

    def _said_of_list(self, values: list[Any], path: Path) -> str:
        if len(values) == len(BOTH) and all(isinstance(one, str) and CLOCK.fullmatch(one) for one in values):
            return "–".join(values)
        between = GROUPS if any(isinstance(one, list | dict) for one in values) else LISTED
        return between[self.language].join(self.said(one, path) for one in values) or NOTHING[self.language]

    def _said_of_group(self, value: dict[str, Any], path: Path) -> str:
        """Say a group by its text in the reader's language, by what names it, or part by part."""
        named = value.get(("zh", "en")[self.language])
        named = named or next((value[n] for n in ("title", "label", *NAMES) if value.get(n)), None)
        if named is not None:
            return self.said(named, path)
        parts = [f"{self.named(key)} {self.said(held, (*path, key))}" for key, held in value.items()]
        return LISTED[self.language].join(parts) or NOTHING[self.language]


def _tongues(labels: Labels | None, say: Say) -> tuple[_Tongue, _Tongue]:
    return _Tongue(0, labels or {}, say), _Tongue(1, labels or {}, say)


def _differences(path: Path, before: Any, after: Any) -> Iterator[tuple[Path, Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(n for n in after if n not in before)]:
            yield from _differences((*path, name), before.get(name, MISSING), after.get(name, MISSING))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _in_lists(path, before, after)
    elif before is MISSING or after is MISSING or (type(before), before) != (type(after), after):
        yield path, before, after


def _in_lists(path: Path, before: list[Any], after: list[Any]) -> Iterator[tuple[Path, Any, Any]]:
    name = _name_of(before, after)
    if name is None:
        if before != after:
            yield path, before, after
        return
    old, new = {e[name]: e for e in before}, {e[name]: e for e in after}
    yield from _differences(path, old, new)
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield path, list(old), list(new)


def _name_of(*lists: list[Any]) -> str | None:
    """Return the field that names every entry of these lists, each once a list, or None."""
    return next((n for n in NAMES if any(lists) and all(_named_by(n, entries) for entries in lists)), None)


def _named_by(name: str, entries: list[Any]) -> bool:
    named = [e.get(name) for e in entries if isinstance(e, dict)]
    texts = {n for n in named if isinstance(n, str)}
    return len(texts) == len(entries)


def _change(path: Path, before: Any, after: Any, tongues: tuple[_Tongue, _Tongue]) -> Change:
    what: What = "added" if before is MISSING else "removed" if after is MISSING else "changed"
    zh, en = (
        words[what].format(
            at=tongue.place(path),
            before=quoted.format(tongue.said(before, path)),
            after=quoted.format(tongue.said(after, path)),
        )
        for tongue, words, quoted in zip(tongues, (_ZH, _EN), QUOTED, strict=True)
    )
    old, new = (None if v is MISSING else v for v in (before, after))
    return Change(".".join(path), what, old, new, zh, en)
