"""What this room holds about people: what they asked for, what we did, what we answered."""

from __future__ import annotations

from django.db.models import Case, F, Value, When

from shouwen.kit.privacy import Basis, Blank, Category, Delete, Holding, Keep, hold, not_personal

from .models import Category as TicketCategory
from .models import ContactAttempt, KindPolicy, Ticket, TicketEntry, TicketFile

GONE = "（已按保存期限删除）"
UNNAMED = {"text_zh": "添加附件", "text_en": "Files added"}
"""What stays of a line that names files."""
HANDLING = ("办理客户请求，处理争议", "handling requests, and settling disputes about them")


def since_closed(path: str) -> Keep:
    """Keep for two years and thirty days after the matter is closed; appeals may come within five months."""
    return Keep(
        "办结后 2 年 30 天；5 个月内的申诉须有据可查",
        "2 years and 30 days after closing; appeals may come within 5 months",
        days=760,
        since=path,
        least=153,
    )


def _unnamed(column: str, words: str) -> Case:
    """Return a line as it stands, unless it names files: what a file is called may tell about a person."""
    return Case(When(kind="file", then=Value(words)), default=F(column))


hold(
    Holding(
        model=Ticket,
        fields=dict.fromkeys(("title", "description", "question", "answer"), Category.CONTENT),
        whose="customer_id",
        what=("工单", "tickets"),
        purpose=HANDLING,
        basis=Basis.CONTRACT,
        keep=since_closed("closed_at"),
        fate=Blank({"title": GONE, "description": GONE, "question": "", "answer": GONE}),
    )
)
hold(
    Holding(
        model=TicketEntry,
        fields={
            "body": Category.CONTENT,
            "actor_name": Category.NAME,
            "text_zh": Category.USE,
            "text_en": Category.USE,
        },
        whose="ticket__customer_id",
        what=("工单的处理记录", "history of tickets"),
        purpose=HANDLING,
        basis=Basis.CONTRACT,
        keep=since_closed("ticket__closed_at"),
        fate=Blank({"body": "", **{column: _unnamed(column, words) for column, words in UNNAMED.items()}}),
    )
)
hold(
    Holding(
        model=TicketFile,
        fields={"file": Category.CONTENT},
        whose="ticket__customer_id",
        what=("工单附件", "files of tickets"),
        purpose=HANDLING,
        basis=Basis.CONTRACT,
        keep=since_closed("ticket__closed_at"),
        fate=Delete(),
        export=False,  # their names are exported as files
        files=("file",),
    )
)
hold(
    Holding(
        model=ContactAttempt,
        fields={"note": Category.CONTENT},
        whose="ticket__customer_id",
        what=("联系客户的记录", "attempts to reach customers"),
        purpose=HANDLING,
        basis=Basis.CONTRACT,
        keep=since_closed("ticket__closed_at"),
        fate=Blank({"note": ""}),
    )
)
not_personal(Ticket, "area", "channel")
not_personal(Ticket, "number", "kind", "urgency", "queue_code", "state", "closed_reason", "escalated_to")
not_personal(TicketEntry, "kind", "actor")
not_personal(TicketFile, "actor", "actor_name")  # staff
not_personal(ContactAttempt, "channel", "outcome", "by")
not_personal(TicketCategory, "code", "name_zh", "name_en", "business", "queue_code")
not_personal(KindPolicy, "kind")
