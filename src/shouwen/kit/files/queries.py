"""What may be asked about files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwen.kit.models import StoredFile
from shouwen.kit.scanning import Scan

from .errors import FileNotFound


@dataclass(frozen=True)
class FileCard:
    """A file as lists show it."""

    id: int
    public_id: UUID
    owner: str
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    recorded_at: datetime
    scan: Scan

    @property
    def given(self) -> bool:
        """Tell whether it may be fetched: it does not wait for the scanner, and nothing was found in it."""
        return self.scan in {"", "clean"}

    @property
    def picture(self) -> bool:
        """Tell whether there is a thumbnail."""
        return self.width is not None


FIELDS = tuple(FileCard.__dataclass_fields__)


def cards(ids: Iterable[int]) -> dict[int, FileCard]:
    """Return files by their inside number."""
    rows = StoredFile.objects.filter(id__in=list(ids)).values_list(*FIELDS)
    return {row[0]: FileCard(*row) for row in rows}


def cards_of(subject: str, subject_id: int) -> list[FileCard]:
    """Return the files that something took up, oldest first."""
    rows = StoredFile.objects.filter(subject=subject, subject_id=subject_id).order_by("id").values_list(*FIELDS)
    return [FileCard(*row) for row in rows]


def waiting_of(owner: str) -> list[FileCard]:
    """Return what somebody handed in to attach and nothing has taken up yet, oldest first."""
    rows = StoredFile.objects.filter(owner=owner, purpose="attachment", subject="")
    return [FileCard(*row) for row in rows.order_by("id").values_list(*FIELDS)]


def handed_in_by(owner: str, *, purpose: str = "attachment", but: str = "") -> list[FileCard]:
    """Return what somebody handed in and something took up, oldest first, `but` what one subject took up."""
    rows = StoredFile.objects.filter(owner=owner, purpose=purpose).exclude(subject__in=["", but])
    return [FileCard(*row) for row in rows.order_by("id").values_list(*FIELDS)]


def card(public_id: UUID | str) -> FileCard:
    """Return one file; who may see it is for the room to say that took it up."""
    row = StoredFile.objects.filter(public_id=public_id).values_list(*FIELDS).first()
    if row is None:
        raise FileNotFound
    return FileCard(*row)
