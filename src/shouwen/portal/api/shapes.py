"""Matters and people in the words of the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from shouwen.accounts.queries import StaffCard
from shouwen.customers import queries as customers
from shouwen.customers.queries import LinkView
from shouwen.tickets.queries import MatterLine, MatterView

from .schemas import (
    PortalAnswerOut,
    PortalAnswersOut,
    PortalLineOut,
    PortalMatterCardOut,
    PortalMatterOut,
    PortalNextOut,
    PortalPersonOut,
    PortalStepOut,
)

_NEXT = {
    "take_up": "take",
    "work": "handle",
    "your_answer": "supplement",
    "third_party": "third_party",
    "your_confirmation": "confirm",
}
_KINDS = {
    "enquiry": ("咨询", "Enquiry"),
    "fault": ("报障", "Fault report"),
    "complaint": ("投诉", "Complaint"),
    "suggestion": ("建议", "Suggestion"),
}
BY_LINK = frozenset({"confirm", "reopen"})


def person(card: StaffCard | None) -> PortalPersonOut | None:
    """Return a member of staff as customers know him."""
    return PortalPersonOut(name=card.name, number=card.number) if card else None


def matter_card(view: MatterView) -> PortalMatterCardOut:
    """Return a matter for a list."""
    return PortalMatterCardOut(
        number=view.number,
        kind=view.kind,
        title=view.title,
        state=view.state,
        opened_at=view.opened_at,
        steps=[PortalStepOut(**asdict(step)) for step in view.steps],
        owner=person(view.owner),
        next=_next(view),
    )


def matter(view: MatterView, language: str) -> PortalMatterOut:
    """Return a matter for its own page."""
    return PortalMatterOut(
        **matter_card(view).model_dump(),
        closed_at=view.closed_at,
        closed_reason=view.closed_reason,
        question=view.question,
        answer=view.answer,
        timeline=[_line(line, language) for line in view.timeline],
        answers=_answers(view, language),
        can=list(view.can),
    )


def matter_by_link(view: MatterView, link: LinkView, language: str) -> PortalMatterOut:
    """Return a matter for a reader who has only a link: nothing in it tells whose it is."""
    english = language == "en"
    plain: Callable[[str], str] = lambda text: customers.scrub(link.customer_id, text)  # noqa: E731
    shown = matter(view, language)
    shown.title = _KINDS[view.kind][english]
    shown.question, shown.answer = plain(view.question), plain(view.answer)
    texts = [line.text_en if english else line.text_zh for line in view.timeline]
    shown.timeline = [
        PortalLineOut(at=line.at, text=plain(text)) for line, text in zip(view.timeline, texts, strict=True)
    ]
    shown.can = [act for act in view.can if act in BY_LINK]
    return shown


def _next(view: MatterView) -> PortalNextOut | None:
    what = _NEXT.get(view.next_what)
    return PortalNextOut(what=what, by=view.next_by) if what else None


def _answers(view: MatterView, language: str) -> PortalAnswersOut | None:
    found, english = view.answers, language == "en"
    if found is None:
        return None
    lines = [
        PortalAnswerOut(
            label=line.label_en if english else line.label_zh,
            text=line.en if english else line.zh,
            files=len(line.files),
        )
        for line in found.lines
    ]
    return PortalAnswersOut(title=found.title_en if english else found.title_zh, lines=lines)


def _line(line: MatterLine, language: str) -> PortalLineOut:
    english = language == "en"
    text = line.text_en if english else line.text_zh
    colon = ": " if english else "："
    return PortalLineOut(at=line.at, text=f"{text}{colon}{line.body}" if line.body else text)
