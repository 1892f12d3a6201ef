"""How many queries each page of the desk costs: committed, compared, and the same however much is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.interactions import queries as contacts
from shouwen.kit import clock
from shouwen.messaging.tests import scene
from shouwen.metrics import queries as metrics
from shouwen.metrics.jobs import count_new

pytestmark = pytest.mark.django_db(transaction=True)
COMMITTED = json.loads((Path(__file__).parent / "query_counts.json").read_text())
PAGES = {
    "inbox": ("8021", "/api/desk/inbox"),
    "offers": ("8022", "/api/desk/offers"),
    "own queues": ("8021", "/api/desk/queues"),
    "conversation": ("8021", "/api/desk/conversations/{conversation}"),
    "messages": ("8021", "/api/desk/conversations/{conversation}/messages"),
    "board": ("8001", "/api/board"),
    "board list": ("8001", "/api/board/lists/open_conversations"),
    "promise": ("8001", "/api/promise"),
    "figures by queue": ("8001", "/api/figures?since=2026-11-23&until=2026-11-23&by=queue"),
    "figures by agent": ("8001", "/api/figures?since=2026-11-23&until=2026-11-23&by=agent"),
    "figures by interval": ("8001", "/api/figures?since=2026-11-23&until=2026-11-23&by=interval"),
    "tiles of service": ("8001", "/api/figures/service?since=2026-11-23&until=2026-11-23"),
    "behind a figure": ("8001", "/api/figures/lists/offered?since=2026-11-23&until=2026-11-23&by=queue"),
}


def counts(conversation: str) -> dict[str, int]:
    found = {}
    for page, (number, path) in PAGES.items():
        client = staff_client(staff(number))
        metrics.forget_recent()
        count_new(clock.now())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path.format(conversation=conversation)).status_code == 200
        found[page] = len(queries)
    return found


def test_pages_cost_what_is_committed_however_much_they_show():
    scene.open_house()
    first = scene.agent("8021")
    conversation = contacts.conversation(scene.served(first, scene.customer())).public_id
    second = scene.agent("8022")
    scene.seat(first, ready=False)
    from shouwen.routing import actions as routing

    routing.set_presence(state="break", by=scene.by(first))
    scene.write(scene.customer())
    few = counts(conversation)
    routing.set_presence(state="break", by=scene.by(second))
    routing.set_presence(state="ready", by=scene.by(first))
    for _ in range(3):
        scene.served(first, scene.customer())
    routing.set_presence(state="break", by=scene.by(first))
    routing.set_presence(state="ready", by=scene.by(second))
    for _ in range(3):
        scene.write(scene.customer())
    many = counts(conversation)
    assert many == few
    assert many == COMMITTED, json.dumps(many, indent=4)
