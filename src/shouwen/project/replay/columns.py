"""Which column means what, by its Chinese or English name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from .errors import ColumnsMissing, ColumnTwice

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("留言编号", "id"),
    "customer": ("留言用户", "customer"),
    "subject": ("留言主题", "subject"),
    "written_at": ("留言时间", "written_at"),
    "text": ("留言详情", "text"),
    "reply": ("答复意见", "reply"),
    "replied_at": ("答复时间", "replied_at"),
}
REQUIRED = ("id", "customer", "subject", "written_at", "text")
_MEANING = {name: meaning for meaning, names in NAMES.items() for name in names}


def recognise(header: Sequence[str]) -> dict[str, int]:
    """Return where each meaning stands in a header line; columns without one are left alone."""
    found: dict[str, int] = {}
    for place, written in enumerate(header):
        meaning = _MEANING.get(_plain(written))
        if meaning is None:
            continue
        if meaning in found:
            raise ColumnTwice(first=header[found[meaning]].strip(), second=written.strip())
        found[meaning] = place
    missing = [meaning for meaning in REQUIRED if meaning not in found]
    if missing:
        raise ColumnsMissing(missing=_both(missing), found=_shown(header), hint=_hint(missing, header))
    return found


def unknown(header: Sequence[str]) -> list[str]:
    """Return the columns that a replay does not look at."""
    return [written.strip() for written in header if _plain(written) not in _MEANING]


def looks_known(header: Sequence[str]) -> bool:
    """Tell whether at least one column is ours: then the header was decoded rightly."""
    return any(_plain(written) in _MEANING for written in header)


def _plain(written: str) -> str:
    return written.strip().strip("\ufeff").lower()


def _both(meanings: Sequence[str]) -> str:
    return ", ".join("/".join(NAMES[meaning]) for meaning in meanings)


def _shown(header: Sequence[str]) -> str:
    return ", ".join(name.strip()[:30] for name in header[:20]) or "-"


def _hint(missing: Sequence[str], header: Sequence[str]) -> str:
    """Name the column that was probably meant."""
    for written in header:
        near = difflib.get_close_matches(_plain(written), [n for m in missing for n in NAMES[m]], 1, 0.5)
        if near:
            return f"「{written.strip()}」→「{near[0]}」? "
    return ""
