"""What tickets offer to flows."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, Field

from shouwen.kit.activities import Run, activity
from shouwen.kit.principals import SYSTEM

from . import actions


class TicketToOpen(BaseModel):
    """A request to be accepted as a ticket; `owner_id` is the first person asked, if there was one."""

    kind: Literal["enquiry", "fault", "complaint", "suggestion"]
    title: str = Field(min_length=1, max_length=120)
    description: str = Field("", max_length=8000)
    customer_id: int
    category: str = ""
    urgency: Literal["normal", "urgent", "critical"] = "normal"
    queue_code: str | None = None
    owner_id: int | None = None


class TicketOpenedHere(BaseModel):
    """The ticket that was opened."""

    id: int
    number: str


@activity(
    "tickets.open",
    zh="创建工单",
    en="Open a ticket",
    timeout=timedelta(seconds=10),
    retries=3,
    fallback=(
        "由值班长按输入内容在「工单」中手工建单，并在此填写单号。",
        "The duty leader opens the ticket by hand from the input and gives its number here.",
    ),
)
def open_ticket(asked: TicketToOpen, run: Run) -> TicketOpenedHere:  # noqa: ARG001  every activity takes its run
    """Accept a request as a ticket; without an owner it is the duty leader's."""
    opened = actions.open_ticket(by=SYSTEM, **asked.model_dump())
    return TicketOpenedHere(id=opened.id, number=opened.number)
