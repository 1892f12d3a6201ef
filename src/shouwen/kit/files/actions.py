"""Taking files in, taking them up, giving them out, letting them go."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Sum

from shouwen.kit import audit, clock
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.api.commands import KeyReused
from shouwen.kit.events import publish
from shouwen.kit.models import StoredFile
from shouwen.kit.prepared import Prepared, insert
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.scanning import Scan, ScannerAway, scanner

from . import kinds, pictures, sealing
from .errors import (
    ContentAway,
    FileCut,
    FileEmpty,
    FileInfected,
    FileLocked,
    FileNotFound,
    FileTooLarge,
    FileWaits,
    StoreAway,
    TooManyWaiting,
)
from .events import FileScanned
from .links import Variant
from .queries import FIELDS, FileCard
from .storage import ContentMissing, fresh_place, is_ours, storage

logger = logging.getLogger(__name__)
MIB = 1024 * 1024
SIZE_MOST = 20 * MIB
WAITING_MOST = 40
WAITING_BYTES = 300 * MIB
ORPHAN_AFTER = timedelta(hours=24)
PART = 64 * 1024
Read = Callable[[int], bytes]
_UPLOADED = Prepared(lambda owner, key: StoredFile.objects.filter(owner=owner, upload_key=key).values_list("id"))


@dataclass(frozen=True)
class _Prepared:
    """Content checked and drawn anew, before it is kept."""

    told: kinds.Told
    body: bytes
    fingerprint: str
    picture: pictures.Picture | None


def receive(*, by: Principal, name: str, read: Read, length: int, key: str, purpose: str = "attachment") -> FileCard:
    """Take a file in; pressed twice it is one file. When this returns the file is kept, whatever breaks then.

    1. Read all of it, and no more than allowed.
    2. See what it is; draw pictures anew; let the virus scanner look, where there is one.
    3. Put the sealed content where it outlives a power cut; then commit its row.
    """
    forbid_inside_action("Receiving a file")
    body = _read_all(read, length)
    fingerprint = hashlib.sha256(body).hexdigest()
    known = _kept_before(by, key, fingerprint)
    if known is not None:
        return known
    _refuse_hoarders(by)
    prepared = _prepare(body, name, kinds.PURPOSES[purpose], fingerprint)
    scan = _looked_over(by, prepared)
    place, data_key = fresh_place(), sealing.fresh_key()
    _put(place, [prepared.body], data_key)
    if prepared.picture:
        _put(f"{place}.thumbnail", [prepared.picture.thumbnail], sealing_key(data_key))
    return _write_row(by=by, key=key, purpose=purpose, place=place, data_key=data_key, prepared=prepared, scan=scan)


def _looked_over(by: Principal, prepared: _Prepared) -> Scan:
    """Let the scanner see what will be kept; what it finds is refused, and while it is away the file waits."""
    looks = scanner()
    if looks is None:
        return ""
    try:
        found = looks.scan([prepared.body])
    except ScannerAway as away:
        logger.warning("the virus scanner does not answer, a file waits: %s", away)
        return "waiting"
    if found:
        _note_refused(by=by, digest=prepared.fingerprint, found=found)
        raise FileInfected(found=found)
    return "clean"


@action
def _note_refused(*, by: Principal, digest: str, found: str) -> None:
    audit.record(by, "files.infected", subject="file", subject_id=0, digest=digest, found=found)


def sealing_key(data_key: bytes) -> bytes:
    """Return the key of a file's thumbnail."""
    return hashlib.sha256(b"thumbnail:" + data_key).digest()


def _put(place: str, content: Iterable[bytes], key: bytes) -> None:
    try:
        storage().put(place, sealing.seal(content, key, place))
    except ContentMissing as failure:
        logger.error("content cannot be kept: %s", failure)
        raise StoreAway from None


def _read_all(read: Read, length: int) -> bytes:
    if length > SIZE_MOST:
        raise FileTooLarge(limit=SIZE_MOST // MIB)
    body = bytearray()
    while len(body) < length and (part := read(min(PART, length - len(body)))):
        body += part
    if not body:
        raise FileEmpty
    if len(body) < length:
        raise FileCut
    return bytes(body)


def _prepare(body: bytes, name: str, purpose: kinds.Purpose, fingerprint: str) -> _Prepared:
    told = kinds.tell(body, name, purpose)
    if not told.picture:
        return _Prepared(told, body, fingerprint, None)
    drawn = pictures.draw(body, told.media_type)
    renamed = told.name if drawn.media_type == told.media_type else f"{told.name.rpartition('.')[0]}.png"
    return _Prepared(kinds.Told(renamed, drawn.media_type, picture=True), drawn.content, fingerprint, drawn)


def _kept_before(by: Principal, key: str, fingerprint: str) -> FileCard | None:
    row = StoredFile.objects.filter(owner=by.key, upload_key=key).values("fingerprint", *FIELDS).first()
    if row is None:
        return None
    if row.pop("fingerprint") != fingerprint:
        raise KeyReused
    return FileCard(**row)


def _refuse_hoarders(by: Principal) -> None:
    """Nobody fills the house with files that he uses for nothing."""
    waiting = StoredFile.objects.filter(owner=by.key, subject="")
    if waiting.count() >= WAITING_MOST or (waiting.aggregate(all=Sum("size"))["all"] or 0) >= WAITING_BYTES:
        raise TooManyWaiting


@action
def _write_row(
    *, by: Principal, key: str, purpose: str, place: str, data_key: bytes, prepared: _Prepared, scan: Scan
) -> FileCard:
    """Commit the row; a twin that came first wins, and our content is left for the sweep."""
    picture = prepared.picture
    row, made = StoredFile.objects.get_or_create(
        owner=by.key,
        upload_key=key,
        defaults={
            "purpose": purpose,
            "name": prepared.told.name,
            "media_type": prepared.told.media_type,
            "size": len(prepared.body),
            "digest": hashlib.sha256(prepared.body).hexdigest(),
            "fingerprint": prepared.fingerprint,
            "width": picture.width if picture else None,
            "height": picture.height if picture else None,
            "place": place,
            "sealed_key": sealing.wrap(data_key, place),
            "key_name": sealing.key_name(),
            "recorded_at": clock.wall(),
            "scan": scan,
        },
    )
    if not made and row.fingerprint != prepared.fingerprint:
        raise KeyReused
    if made:
        kept = {"media_type": row.media_type, "size": row.size, "digest": row.digest}
        audit.record(by, "files.receive", subject="file", subject_id=row.pk, **kept)
    row.refresh_from_db()
    return FileCard(**{name: getattr(row, name) for name in FIELDS})


def keep_made(
    *, by: Principal, name: str, media_type: str, content: Iterable[bytes], purpose: str, key: str
) -> FileCard:
    """Keep a file that the house itself has made, as it is; made twice under one key, it is one file."""
    forbid_inside_action("Keeping a file")
    place, data_key = fresh_place(), sealing.fresh_key()
    seen = _Counting(content)
    _put(place, seen, data_key)
    return _write_made(
        by=by, name=name, media_type=media_type, purpose=purpose, key=key, place=place, data_key=data_key, seen=seen
    )


class _Counting:
    """Passes content on and remembers how much it was, and its digest."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = content
        self.size = 0
        self._hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for part in self._content:
            self.size += len(part)
            self._hash.update(part)
            yield part

    @property
    def digest(self) -> str:
        """Return the digest of all that passed."""
        return self._hash.hexdigest()


@action
def _write_made(
    *,
    by: Principal,
    name: str,
    media_type: str,
    purpose: str,
    key: str,
    place: str,
    data_key: bytes,
    seen: _Counting,
) -> FileCard:
    values = {"purpose": purpose, "name": kinds.clean_name(name), "media_type": media_type, "size": seen.size}
    secret = {"place": place, "sealed_key": sealing.wrap(data_key, place), "key_name": sealing.key_name()}
    sums = {"digest": seen.digest, "fingerprint": seen.digest, "recorded_at": clock.wall()}
    if _UPLOADED(owner=by.key, key=key):
        StoredFile.objects.filter(owner=by.key, upload_key=key).delete()
    row = StoredFile(owner=by.key, upload_key=key, **values, **secret, **sums)
    insert(row)
    audit.record(by, "files.make", subject="file", subject_id=row.pk, media_type=media_type, size=seen.size)
    return FileCard(**{field: getattr(row, field) for field in FIELDS})


@action
def attach(*, by: Principal, files: Iterable[UUID], subject: str, subject_id: int) -> list[FileCard]:
    """Take up files that `by` uploaded: from now on they belong to the subject. Taken up twice there, it is once."""
    return [_attached(by, public_id, subject, subject_id) for public_id in dict.fromkeys(files)]


def _attached(by: Principal, public_id: UUID, subject: str, subject_id: int) -> FileCard:
    row = StoredFile.objects.select_for_update().filter(public_id=public_id, owner=by.key).first()
    if (
        row is None
        or row.purpose != "attachment"
        or (row.subject, row.subject_id)
        not in (
            ("", None),
            (subject, subject_id),
        )
    ):
        raise FileNotFound
    row.subject, row.subject_id = subject, subject_id
    row.save(update_fields=["subject", "subject_id"])
    audit.record(by, "files.attach", subject="file", subject_id=row.pk, to=f"{subject}:{subject_id}")
    return FileCard(**{name: getattr(row, name) for name in FIELDS})


@action
def file_for(*, by: Principal, public_id: UUID, purpose: str) -> FileCard:
    """Return a file that `by` handed in for a purpose; refuses anybody else's."""
    row = StoredFile.objects.filter(public_id=public_id, owner=by.key, purpose=purpose).values(*FIELDS).first()
    if row is None:
        raise FileNotFound
    return FileCard(**row)


@action
def look(*, by: Principal, file_id: int, variant: Variant) -> FileCard:
    """Note that somebody fetches a file, before he gets it."""
    row = StoredFile.objects.filter(id=file_id).values("subject", "subject_id", *FIELDS).first()
    if row is None:
        raise FileNotFound
    _refuse_unseen(row["scan"])
    to = f"{row.pop('subject')}:{row.pop('subject_id')}"
    audit.record(by, "files.look", subject="file", subject_id=file_id, of=to, variant=variant)
    return FileCard(**row)


def read(file_id: int, variant: Variant = "content") -> Iterator[bytes]:
    """Return a file's content in parts; raises ContentAway when the store does not have it."""
    row = StoredFile.objects.filter(id=file_id).values("place", "sealed_key", "public_id", "scan").first()
    if row is None:
        raise FileNotFound
    _refuse_unseen(row["scan"])
    return _opened(row, variant)


def _refuse_unseen(scan: str) -> None:
    if scan == "waiting":
        raise FileWaits
    if scan == "infected":
        raise FileLocked


def _opened(row: Mapping[str, Any], variant: Variant) -> Iterator[bytes]:
    place = row["place"] if variant == "content" else f"{row['place']}.thumbnail"
    try:
        key = sealing.unwrap(bytes(row["sealed_key"]), row["place"])
        sealed = storage().get(place)
        return _begun(sealing.unseal(sealed, key if variant == "content" else sealing_key(key), place))
    except (ContentMissing, sealing.SealBroken) as failure:
        logger.error("file %s cannot be read: %s", row["public_id"], failure)
        raise ContentAway from None


def _begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Open the first piece at once, so that a refusal comes before any answer has begun."""
    first = next(parts)

    def rest() -> Iterator[bytes]:
        yield first
        yield from parts

    return rest()


def scan_waiting(limit: int = 20) -> int:
    """Let the scanner look at files that wait for it; return how many it has seen."""
    looks = scanner()
    if looks is None:
        return 0
    waiting = StoredFile.objects.filter(scan="waiting").order_by("id")
    rows = list(waiting.values("id", "place", "sealed_key", "public_id")[:limit])
    try:
        for row in rows:
            _seen(file_id=row["id"], place=row["place"], found=looks.scan(_opened(row, "content")))
    except (ScannerAway, ContentAway) as away:
        logger.warning("files wait for the virus scanner: %s", away)
    return len(rows)


def _seen(*, file_id: int, place: str, found: str) -> None:
    """Write down what was found; infected content goes at once."""
    _write_seen(file_id=file_id, found=found)
    if found:
        storage().remove(place)
        storage().remove(f"{place}.thumbnail")


@action
def _write_seen(*, file_id: int, found: str) -> None:
    row = StoredFile.objects.select_for_update().filter(id=file_id, scan="waiting").first()
    if row is None:
        return
    row.scan = "infected" if found else "clean"
    row.save(update_fields=["scan"])
    verb = "files.infected" if found else "files.clean"
    audit.record(SYSTEM, verb, subject="file", subject_id=row.pk, found=found)
    publish(FileScanned(str(row.public_id), row.scan), audience=[row.owner], at=clock.now())


@action
def let_go(*, by: Principal, file_id: int) -> None:
    """Remove a file: the row now, the content with the next sweep."""
    gone, _ = StoredFile.objects.filter(id=file_id).delete()
    if gone:
        audit.record(by, "files.let-go", subject="file", subject_id=file_id)


@action
def _forget_unused(*, before: datetime, limit: int) -> int:
    """Remove rows that nothing took up and those past their day."""
    unused = StoredFile.objects.filter(subject="", recorded_at__lt=before, keep_until=None)
    over = StoredFile.objects.filter(keep_until__lt=clock.wall())
    chosen = [*unused.values_list("id", flat=True)[:limit], *over.values_list("id", flat=True)[:limit]]
    return StoredFile.objects.filter(id__in=chosen).delete()[0]


def sweep(limit: int = 500) -> int:
    """Let go of what nothing took up within a day, then of content that no row names; return how many went."""
    before = clock.wall() - ORPHAN_AFTER
    gone = _forget_unused(before=before, limit=limit)
    kept = storage()
    for place in kept.older_than(before):
        if is_ours(place) and not _named(place):
            kept.remove(place)
            gone += 1
    return gone


def _named(place: str) -> bool:
    """Tell whether a row names this content; half-written files are nobody's."""
    return not place.startswith(".") and StoredFile.objects.filter(place=place.split(".", maxsplit=1)[0]).exists()
