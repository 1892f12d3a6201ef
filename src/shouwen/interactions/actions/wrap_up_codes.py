"""Published wrap-up codes come into force: what agents choose from follows them."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit import audit, versions
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from ..models import Reason

KIND = "interactions.reason"
_Held = tuple[str, str, str, bool]


def adopt_wrap_up_codes(at: datetime) -> int:
    """Bring the list to what is in force; return how many codes changed. A retired one is offered no more."""
    held: dict[str, _Held] = {
        code: (zh, en, parent or "", active)
        for code, zh, en, parent, active in Reason.objects.values_list("code", "zh", "en", "parent__code", "active")
    }
    found = {one.key: one.content for one in versions.all_current(KIND, at)}
    news = {key: content for key, content in found.items() if held.get(key) != _said(content)}
    for key, content in sorted(news.items(), key=lambda one: one[1]["parent"] != ""):
        adopt_wrap_up_code(code=key, content=content)
    gone = [key for key in versions.retired(KIND, at) if key in held and held[key][3] and key not in found]
    for key in gone:
        withdraw_wrap_up_code(code=key)
    return len(news) + len(gone)


def _said(content: versions.Content) -> _Held:
    return content["zh"], content["en"], content["parent"], content["active"]


@action
def adopt_wrap_up_code(*, code: str, content: versions.Content) -> None:
    """Set a code to what is published."""
    above = Reason.objects.filter(code=content["parent"], parent=None).first() if content["parent"] else None
    values = {"zh": content["zh"], "en": content["en"], "active": content["active"], "parent": above}
    row, _ = Reason.objects.update_or_create(code=code, defaults=values)
    audit.record(SYSTEM, "interactions.reason.adopt", subject="reason", subject_id=row.pk, code=code)


@action
def withdraw_wrap_up_code(*, code: str) -> None:
    """Offer a code no more; records that have it keep it."""
    row = Reason.objects.get(code=code)
    row.active = False
    row.save(update_fields=["active"])
    audit.record(SYSTEM, "interactions.reason.withdraw", subject="reason", subject_id=row.pk, code=code)
