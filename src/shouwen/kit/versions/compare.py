"""Two versions side by side, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

NAMES = ("key", "code", "id", "name")
Labels = Mapping[str, tuple[str, str]]
_ZH = {"added": "{at}：新增{after}", "removed": "{at}：删除{before}", "changed": "{at}：由{before}改为{after}"}
_EN = {"added": "{at}: added {after}", "removed": "{at}: removed {before}", "changed": "{at}: {before} became {after}"}
QUOTED = ("「{}」", "“{}”")
NOTHING = ("空", "nothing")
MISSING = object()
What = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One difference: where, what was there, what is, and the sentence in both languages."""

    path: str
    what: What
    before: Any
    after: Any
    zh: str
    en: str


def compare(before: Any, after: Any, labels: Labels | None = None) -> list[Change]:
    """Return what differs between two contents; entries of a list are matched by their key, code, id or name."""
    return [_change(path, old, new, labels or {}) for path, old, new in _differences((), before, after)]


def _differences(path: tuple[str, ...], before: Any, after: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(n for n in after if n not in before)]:
            yield from _differences((*path, name), before.get(name, MISSING), after.get(name, MISSING))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _in_lists(path, before, after)
    elif before is MISSING or after is MISSING or (type(before), before) != (type(after), after):
        yield path, before, after


def _in_lists(path: tuple[str, ...], before: list[Any], after: list[Any]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
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


def _change(path: tuple[str, ...], before: Any, after: Any, labels: Labels) -> Change:
    what: What = "added" if before is MISSING else "removed" if after is MISSING else "changed"
    zh, en = (
        words[what].format(
            at=" › ".join(labels.get(p, (p, p))[language] for p in path),
            before=QUOTED[language].format(_said(before, language)),
            after=QUOTED[language].format(_said(after, language)),
        )
        for language, words in enumerate((_ZH, _EN))
    )
    old, new = (None if v is MISSING else v for v in (before, after))
    return Change(".".join(path), what, old, new, zh, en)


def _said(value: Any, language: int) -> str:
    """Say a value as a reader would."""
    if isinstance(value, list):
        return ("、", ", ")[language].join(_said(v, language) for v in value) or NOTHING[language]
    if isinstance(value, dict):
        return _said_of_group(value, language)
    if isinstance(value, bool):
        return (("否", "no"), ("是", "yes"))[value][language]
    return NOTHING[language] if value is None or value == "" else str(value)


def _said_of_group(value: dict[str, Any], language: int) -> str:
    """Say a group by its text in the reader's language, by what names it, or by its size."""
    spoken = value.get(("zh", "en")[language])
    named = spoken or next((value[n] for n in ("title", "label", *NAMES) if value.get(n)), None)
    if named is not None:
        return _said(named, language)
    return (f"{len(value)} 项", f"{len(value)} entries")[language]
