"""By which phone calls reach somebody."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Phone


@dataclass(frozen=True)
class OwnPhone:
    """The phone somebody has now, and the desk phone that is his own."""

    number: str
    kind: str
    own: str


def own_phone(staff_id: int) -> OwnPhone:
    """Return by which phone calls reach somebody; an empty number: by none."""
    held = Phone.objects.filter(holder_id=staff_id).values_list("number", "kind").first() or ("", "")
    own = Phone.objects.filter(owner_id=staff_id, kind=Phone.Kind.DESK).values_list("number", flat=True).first()
    return OwnPhone(*held, own or "")
