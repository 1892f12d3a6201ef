"""The audit trail: written unsealed with the change, chained by a job in commit order, verified from outside.

A hash chain inside the transaction would put all writers in one line (measured: 8,549 → 1,833 tps), so `seal`
links committed rows afterwards. The head of the chain is signed and kept outside the database each day.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from . import clock
from .actions import action
from .models import AuditRow, AuditSeal
from .principals import Principal
from .statements import write

current_command: ContextVar[int | None] = ContextVar("current_command", default=None)
GENESIS = "0" * 64
_INSERT = """
    insert into kit_audit (recorded_at, at, xid, principal, verb, subject, subject_id, details, command_id)
    values (%s, %s, pg_current_xact_id()::text::bigint, %s, %s, %s, %s, %s::jsonb, %s)
"""


def record(by: Principal, verb: str, *, subject: str, subject_id: int, **details: object) -> None:
    """Note, in the current transaction, that `by` did `verb` to a subject; details are plain values."""
    if by.token:
        details["token"] = by.token
    text = json.dumps(details, default=str, ensure_ascii=False)
    write(_INSERT, [clock.wall(), clock.now(), by.key, verb, subject, subject_id, text, current_command.get()])


@action
def seal(limit: int = 5000) -> int:
    """Chain committed rows that no link holds yet; return how many. Only one sealer works at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('kit.audit.seal'))")
        if not cursor.fetchone()[0]:
            return 0
    last = AuditSeal.objects.select_related("audit").order_by("-number").first()
    rows = _unsealed(last.audit if last else None, limit)
    number, digest = (last.number, last.digest) if last else (0, GENESIS)
    links = []
    for row in rows:
        number, digest = number + 1, link(digest, row)
        links.append(AuditSeal(number=number, audit=row, digest=digest, sealed_at=clock.wall()))
    AuditSeal.objects.bulk_create(links)
    return len(links)


def _unsealed(last: AuditRow | None, limit: int) -> list[AuditRow]:
    """Return rows below the oldest running transaction that are not chained, in commit order.

    They come after the last chained one, or have numbers that no chained row reached: a restored database counts its
    transactions anew. So the years before are not walked through each second.
    """
    return list(
        AuditRow.objects.raw(
            """select a.* from kit_audit a
               where ((a.xid, a.id) > (%s, %s) or a.id > coalesce((select max(audit_id) from kit_audit_seal), 0))
                 and not exists (select 1 from kit_audit_seal s where s.audit_id = a.id)
                 and a.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
               order by a.xid, a.id limit %s""",
            [last.xid if last else -1, last.pk if last else -1, limit],
        )
    )


def link(previous: str, row: AuditRow) -> str:
    """Return the digest of one row after `previous` (SHA-256 over a canonical form)."""
    form = json.dumps(
        [
            previous,
            row.pk,
            row.recorded_at.isoformat(),
            row.at.isoformat(),
            row.principal,
            row.verb,
            row.subject,
            row.subject_id,
            row.details,
            row.command_id,
        ],
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(form.encode()).hexdigest()


@dataclass(frozen=True)
class Verification:
    """What a walk along the chain found."""

    sealed: int
    unsealed: int
    oldest_unsealed: datetime | None
    faults: tuple[str, ...]


def verify() -> Verification:
    """Walk the whole chain and report breaks, gaps and the oldest row still waiting for its link."""
    waiting = AuditRow.objects.exclude(id__in=AuditSeal.objects.values("audit_id"))
    oldest = waiting.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    faults = tuple(_faults())
    return Verification(AuditSeal.objects.count(), waiting.count(), oldest, faults)


def _faults() -> Iterator[str]:
    digest, expected = GENESIS, 1
    for seal_row in AuditSeal.objects.select_related("audit").order_by("number").iterator(2000):
        if seal_row.number != expected:
            yield f"gap: link {expected} is missing"
        digest, expected = link(digest, seal_row.audit), seal_row.number + 1
        if digest != seal_row.digest:
            yield f"break: row {seal_row.audit_id} does not match link {seal_row.number}"
            digest = seal_row.digest


def newest_sealed_xid() -> int:
    """Return the transaction of the last row in the chain: what is not sealed yet came with it or later."""
    return AuditSeal.objects.order_by("-number").values_list("audit__xid", flat=True).first() or 0


def head(key: bytes) -> dict[str, str | int] | None:
    """Return the signed end of the chain, to be kept outside the database."""
    last = AuditSeal.objects.order_by("-number").first()
    if last is None:
        return None
    signature = hmac.new(key, f"{last.number}:{last.digest}".encode(), hashlib.sha256).hexdigest()
    return {"number": last.number, "digest": last.digest, "signature": signature}


def matches(kept: dict[str, str | int], key: bytes) -> bool:
    """Tell whether a head kept outside is ours and still stands in the chain."""
    signed = hmac.new(key, f"{kept['number']}:{kept['digest']}".encode(), hashlib.sha256).hexdigest()
    stands = AuditSeal.objects.filter(number=kept["number"], digest=kept["digest"]).exists()
    return stands and hmac.compare_digest(signed, str(kept["signature"]))
