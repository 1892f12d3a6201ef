"""What a file is, told by its content and never by what it is called."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

from .errors import FileBroken, FileTypeRefused, MacrosRefused

NAME_MOST = 120
TEXT = {"txt": "text/plain", "csv": "text/csv", "log": "text/plain"}
PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
ZIP_ENTRIES_MOST = 10_000
CONTROLS = frozenset(range(32)) - {9, 10, 13, 27}


@dataclass(frozen=True)
class Kind:
    """A type that we take: how it ends, what it is called on the wire, and how it is told."""

    extension: str
    media_type: str
    told_by: frozenset[str]


def _kind(extension: str, media_type: str, *told_by: str) -> Kind:
    return Kind(extension, media_type, frozenset(f".{name}" for name in (extension, *told_by)))


PICTURES = (
    _kind("jpg", "image/jpeg", "jpeg"),
    _kind("png", "image/png"),
    _kind("webp", "image/webp"),
    _kind("gif", "image/gif"),
)
OFFICE = "application/vnd.openxmlformats-officedocument"
SHEETS = (_kind("xlsx", f"{OFFICE}.spreadsheetml.sheet"),)
DOCUMENTS = (
    _kind("pdf", "application/pdf"),
    _kind("docx", f"{OFFICE}.wordprocessingml.document"),
    *SHEETS,
    _kind("pptx", f"{OFFICE}.presentationml.presentation"),
)
SOUND = (
    _kind("mp3", "audio/mpeg", "mpga"),
    _kind("m4a", "audio/mp4", "f4a"),
    _kind("wav", "audio/wav"),
    _kind("amr", "audio/amr"),
)
FILM = (_kind("mp4", "video/mp4"), _kind("mov", "video/quicktime"))


@dataclass(frozen=True)
class Purpose:
    """What a file is handed in for, and so what it may be."""

    kinds: tuple[Kind, ...]
    texts: frozenset[str]

    @property
    def allowed(self) -> str:
        """Name the types for a person."""
        return " ".join([*(kind.extension for kind in self.kinds), *sorted(self.texts)])


PURPOSES = {
    "attachment": Purpose((*PICTURES, *DOCUMENTS, *SOUND, *FILM), frozenset(TEXT)),
    "import": Purpose(SHEETS, frozenset({"csv", "txt"})),
}


@dataclass(frozen=True)
class Told:
    """What a file turned out to be, and the name it may carry."""

    name: str
    media_type: str
    picture: bool


def tell(content: bytes, name: str, purpose: Purpose) -> Told:
    """Say what a file is, or refuse it.

    A text has no mark of its own: its name must end like one and its bytes must be readable. Everything else is known
    by its first bytes; a picture is opened afterwards, an office document is looked into here.
    """
    plain = clean_name(name)
    ending = PurePosixPath(plain).suffix.lower().lstrip(".")
    if ending in purpose.texts:
        _readable(content)
        return Told(plain, TEXT[ending], picture=False)
    kind = _by_content(content, ending, purpose)
    if kind is None:
        raise FileTypeRefused(allowed=purpose.allowed)
    return Told(_ending_in(plain, kind), kind.media_type, kind in PICTURES)


def clean_name(name: str) -> str:
    """Return a name that is only a name: no folders, no control or direction characters, not hidden, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:NAME_MOST] or "file"
    return f"{stem[: NAME_MOST - 12] or 'file'}.{ending[:10]}"


def _by_content(content: bytes, ending: str, purpose: Purpose) -> Kind | None:
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return None
    fitting = [kind for kind in purpose.kinds if kind.told_by & found]
    if fitting and content[:2] == b"PK":
        return _office(content, fitting)
    named = [kind for kind in fitting if f".{ending}" in kind.told_by]
    return next(iter([*named, *fitting]), None)


def _office(content: bytes, fitting: list[Kind]) -> Kind | None:
    """Tell office documents apart by the parts they are made of; one that carries programs is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            names = box.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise FileBroken from None
    if len(names) > ZIP_ENTRIES_MOST:
        raise FileBroken
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise MacrosRefused
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for kind in fitting if any(n.startswith(PARTS.get(kind.extension, "\0")) for n in names)), None)


def _readable(content: bytes) -> None:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return
    if CONTROLS & set(content[:65536]) or content[:4] in {b"%PDF", b"PK\x03\x04"}:
        raise FileBroken


def _ending_in(name: str, kind: Kind) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return name if ending in kind.told_by else f"{name}.{kind.extension}"
