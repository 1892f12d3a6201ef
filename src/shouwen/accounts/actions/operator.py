"""What the operator is called, what customers dial, when people answer, and the logo."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import time

from django.conf import settings

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import LogoInvalid, OperatorInvalid, UnknownTimeZone
from ..events import OperatorSet
from ..models import Operator, Organisation
from ..permissions import MANAGE_OPERATOR

OPENS, CLOSES, DAYS = time(8), time(22), (0, 1, 2, 3, 4, 5, 6)


@action
def set_operator(
    *,
    by: Principal,
    name: str,
    access_code: str,
    opens: time,
    closes: time,
    weekdays: Sequence[int],
    time_zone: str | None = None,
) -> None:
    """Set what customers see of the operator; every screen shows it with its next look."""
    require(by, MANAGE_OPERATOR)
    days = sorted(set(weekdays))
    wrong = rules.wrong_in_operator(access_code, opens, closes, days)
    if wrong:
        raise OperatorInvalid(wrong=wrong)
    if time_zone is not None and not rules.is_time_zone(time_zone):
        raise UnknownTimeZone(zone=time_zone)
    row = _row()
    row.access_code, row.opens, row.closes, row.weekdays = access_code, opens, closes, days
    row.time_zone = time_zone or row.time_zone
    row.confirmed = True
    row.save(update_fields=["access_code", "opens", "closes", "weekdays", "time_zone", "confirmed"])
    Organisation.objects.filter(level="group").update(name=name)
    audit.record(
        by,
        "accounts.operator.set",
        subject="operator",
        subject_id=row.pk,
        name=name,
        access_code=access_code,
        hours=f"{opens:%H:%M}-{closes:%H:%M}",
        weekdays=days,
        time_zone=row.time_zone,
    )
    publish(OperatorSet(access_code), audience=[by.key], at=clock.now())


@action
def set_logo(*, by: Principal, image: bytes) -> None:
    """Show this picture as the operator's logo; none of any bytes shows ours again."""
    require(by, MANAGE_OPERATOR)
    kind = rules.picture_kind(image) if image else ""
    if kind is None or len(image) > rules.LOGO_BYTES:
        raise LogoInvalid(limit=rules.LOGO_BYTES // 1024)
    row = _row()
    row.logo, row.logo_kind = image, kind
    row.logo_digest = hashlib.sha256(image).hexdigest()[:16] if image else ""
    row.save(update_fields=["logo", "logo_kind", "logo_digest"])
    audit.record(by, "accounts.operator.logo", subject="operator", subject_id=row.pk, digest=row.logo_digest)


def _row() -> Operator:
    """Return the one row, locked; made with the defaults on first use."""
    defaults = {"access_code": settings.CONFIG.access_code, "opens": OPENS, "closes": CLOSES, "weekdays": list(DAYS)}
    Operator.objects.get_or_create(id=1, defaults=defaults)
    return Operator.objects.select_for_update().get(id=1)
