"""The live board over HTTP: figures, the lists they count, and the promise."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from shouwen.kit import clock
from shouwen.kit.api import Page, principal
from shouwen.kit.permissions import require
from shouwen.routing.queries import AgentCard

from .. import permissions, queries
from . import schemas as s
from . import shapes

board_router = Router()


@board_router.get("/board", operation_id="getBoard", response=s.BoardOut)
def get_board(request: HttpRequest) -> s.BoardOut:
    """Return every figure, queue and seat of the organisations the asking member may see."""
    found = queries.board(by=principal(request), at=clock.now())
    return s.BoardOut(
        as_of=found.as_of,
        figures=[_figure(f) for f in found.figures],
        queues=[_queue(q) for q in found.queues],
        agents=[_agent(a) for a in found.agents],
        promise=_counts(found.promise),
    )


@board_router.get("/board/lists/{key}", operation_id="listBoardRows", response=Page[s.RowOut])
def list_rows(request: HttpRequest, key: str, queue: str = "", cursor: str = "", limit: int = 50) -> Page[s.RowOut]:
    """Return the rows a figure counts, of one queue or of all; their number equals its `count`."""
    page = queries.rows(key, by=principal(request), at=clock.now(), queue=queue, cursor=cursor, limit=limit)
    return Page[s.RowOut](items=[row_out(listed) for listed in page.items], next=page.next)


@board_router.get("/promise", operation_id="getPromise", response=s.PromiseOut)
def get_promise(request: HttpRequest) -> s.PromiseOut:
    """Return everything lost, doubled or without an owner: nothing, as long as the promise holds."""
    require(principal(request), permissions.VIEW_BOARD)
    found = queries.promise(clock.now())
    lists = {
        name: [s.FaultOut(**asdict(fault)) for fault in getattr(found, name)]
        for name in ("lost", "doubled", "ownerless")
    }
    return s.PromiseOut(as_of=found.at, holds=found.holds, **lists)


def _figure(figure: queries.Figure) -> s.FigureOut:
    meaning = figure.definition
    return s.FigureOut(
        key=figure.key,
        value=figure.value,
        unit=figure.unit,
        count=figure.count,
        target=figure.target,
        of=figure.of,
        list=f"/api/board/lists/{figure.key}",
        zh=meaning.zh,
        en=meaning.en,
        definition_zh=meaning.means_zh,
        definition_en=meaning.means_en,
    )


def _queue(line: queries.QueueLine) -> s.QueueLineOut:
    today = line.today
    return s.QueueLineOut(
        **asdict(line.now),
        longest_wait_seconds=line.longest_wait_seconds,
        service_level=today.service_level if today else None,
        abandon_rate=today.abandon_rate if today else None,
        handling_seconds=today.handling_seconds if today else None,
    )


def _agent(card: AgentCard) -> s.AgentOut:
    values = asdict(card)
    return s.AgentOut(id=values.pop("staff_id"), **values)


def _counts(found: queries.Promise) -> s.PromiseCountsOut:
    return s.PromiseCountsOut(
        lost=len(found.lost),
        doubled=len(found.doubled),
        ownerless=len(found.ownerless),
        holds=found.holds,
    )


def row_out(listed: queries.Listed) -> s.RowOut:
    """Shape one line of a list."""
    row = listed.row
    return s.RowOut(
        id=row.id,
        kind=row.kind,
        reference=listed.reference,
        queue_code=row.queue_code,
        staff=shapes.person(listed.staff),
        state=row.state,
        at=row.at,
        seconds=row.seconds,
        in_time=row.in_time,
    )
