"""What this room holds about people: numbers to call back, and contacts marked as a nuisance. The rest is ids."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Blank, Category, Delete, Holding, Keep, hold, not_personal

from .models import (
    Announcement,
    Callback,
    Choice,
    Domain,
    Nuisance,
    Presence,
    PresenceSpan,
    Queue,
    Skill,
    Slot,
    WorkItem,
)

hold(
    Holding(
        model=Callback,
        fields={"number": Category.CONTACT, "note": Category.CONTENT},
        whose="customer_id",
        what=("预约回拨", "callbacks"),
        purpose=("按客户要求回拨", "calling back who asked for it"),
        basis=Basis.CONTRACT,
        keep=Keep("回拨结束后 180 天", "180 days after the callback was closed", days=180, since="closed_at"),
        fate=Blank({"number": "", "note": ""}),
    )
)
hold(
    Holding(
        model=Nuisance,
        fields={
            "contact": Category.ACCOUNT,
            "reason": Category.CONTENT,
            "appeal": Category.CONTENT,
            "decision": Category.CONTENT,
        },
        whose="contact",
        keyed=True,
        what=("骚扰标记和申诉", "nuisance marks and appeals"),
        purpose=("防止骚扰联系占用服务", "keeping nuisance from those who need service"),
        basis=Basis.CONTRACT,
        keep=Keep("标记到期后 180 天", "180 days after the mark ended", days=180, since="until"),
        fate=Delete(),
    )
)
not_personal(Announcement, "zh", "en")
not_personal(Callback, "from_subject")
not_personal(Choice, "klass", "outcome")
not_personal(Domain, "code")
not_personal(Skill, "code", "name", "qualification")
not_personal(Queue, "code", "name", "media", "rings", "hours")
not_personal(Presence, "reason")
not_personal(PresenceSpan, "reason")
not_personal(Slot, "medium")
not_personal(WorkItem, "subject", "contact", "medium", "refused_by", "entry_code")
