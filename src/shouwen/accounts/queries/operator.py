"""What screens say about the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.conf import settings

from ..models import Operator
from .people import operator_name

TIME_ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class OperatorCard:
    """Name, number, hours and logo; `set_up` tells whether somebody has looked at them yet."""

    name: str
    access_code: str
    demo: bool
    opens: time | None
    closes: time | None
    weekdays: list[int]
    logo: str
    time_zone: str
    set_up: bool


def operator() -> OperatorCard:
    """Return the operator as set up, else as the installation's settings have it."""
    row = Operator.objects.filter(id=1).defer("logo").first()
    config = settings.CONFIG
    return OperatorCard(
        name=operator_name(),
        access_code=row.access_code if row else config.access_code,
        demo=config.demo,
        opens=row.opens if row and row.confirmed else None,
        closes=row.closes if row and row.confirmed else None,
        weekdays=list(row.weekdays) if row and row.confirmed else [],
        logo=row.logo_digest if row else "",
        time_zone=row.time_zone if row else TIME_ZONE,
        set_up=row is not None and row.confirmed,
    )


def logo(digest: str) -> tuple[bytes, str] | None:
    """Return the logo of that digest and its kind."""
    row = Operator.objects.filter(id=1, logo_digest=digest).exclude(logo_digest="").first()
    return (bytes(row.logo), row.logo_kind) if row else None
