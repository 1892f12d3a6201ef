"""Another key for the files: only the wrapped key of each file is sealed anew, its content stays as it lies."""

from __future__ import annotations

from shouwen.kit.actions import action
from shouwen.kit.models import StoredFile

from . import sealing

AT_ONCE = 500


def files_under_another_key() -> int:
    """Return how many files the present key does not open."""
    return StoredFile.objects.exclude(key_name=sealing.key_name()).count()


@action
def rewrap(*, after: int = 0) -> int | None:
    """Bring some files under the present key; return the last one looked at, None when there was none left.

    A file that neither the present key nor the one before opens stays as it is.
    """
    name = sealing.key_name()
    rows = StoredFile.objects.select_for_update().exclude(key_name=name).filter(id__gt=after).order_by("id")[:AT_ONCE]
    last = None
    for row in rows:
        last = row.pk
        try:
            key = sealing.unwrap(bytes(row.sealed_key), row.place)
        except sealing.SealBroken:
            continue
        row.sealed_key, row.key_name = sealing.wrap(key, row.place), name
        row.save(update_fields=["sealed_key", "key_name"])
    return last
