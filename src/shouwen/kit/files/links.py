"""Links to content: signed, short-lived, and good only in the session of the one they were made for."""

from __future__ import annotations

from typing import Literal

from django.core import signing

from shouwen.kit.principals import Principal

from .errors import FileLinkOver
from .queries import FileCard

SALT = "shouwen.kit.files"
LIFE_SECONDS = 600
Variant = Literal["content", "thumbnail"]


def link_to(file: FileCard, *, by: Principal, variant: Variant = "content") -> str:
    """Return the address under which `by` may fetch a file for ten minutes. The room has checked that he may."""
    token = signing.dumps([file.id, by.key, variant], salt=SALT, compress=True)
    door = "/api" if by.kind == "staff" else "/api/portal"
    return f"{door}/files/content/{token}"


def open_link(token: str, *, by: Principal) -> tuple[int, Variant]:
    """Return what a link opens; refuses one that is too old, forged, or made for somebody else."""
    try:
        file_id, key, variant = signing.loads(token, salt=SALT, max_age=LIFE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise FileLinkOver from None
    if key != by.key or variant not in {"content", "thumbnail"}:
        raise FileLinkOver
    return int(file_id), variant
