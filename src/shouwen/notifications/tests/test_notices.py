"""Notices in the app, and what became of messages, over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.customers.tests.factories import customer
from shouwen.kit.testing import ApiClient, facts
from shouwen.notifications import ports
from shouwen.notifications.models import Notification

from .factories import Mailbag, connected, send_all, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return staff()


def assigned(number: str, key: str, to: int) -> None:
    tell(f"staff:{to}", template="tickets.assigned", params={"number": number}, dedupe_key=key)


def test_notices_come_newest_first_in_the_readers_language_and_are_counted(me):
    assigned("GD20261123-000001", "a", me.pk)
    assigned("GD20261123-000002", "b", me.pk)
    client = staff_client(me)

    shown = client.get("/api/notices").json()["items"]
    client.headers["Accept-Language"] = "en"
    english = client.get("/api/notices").json()["items"]

    assert [n["body"] for n in shown] == [
        "工单 GD20261123-000002 已转给您处理。",
        "工单 GD20261123-000001 已转给您处理。",
    ]
    assert english[0]["title"] == "A ticket for you"
    assert shown[0]["params"] == {"number": "GD20261123-000002"}
    assert client.get("/api/notices/unread").json() == {"unread": 2}


def test_a_notice_is_read_once_and_every_window_hears_of_it(me):
    assigned("GD20261123-000001", "a", me.pk)
    client = staff_client(me)
    notice = client.get("/api/notices").json()["items"][0]["id"]

    answers = [client.post(f"/api/notices/{notice}/read").json() for _ in range(2)]

    assert answers == [{"unread": 0}, {"unread": 0}]
    assert client.get("/api/notices").json()["items"][0]["read"] is True
    assert [f["audience"] for f in facts("notifications.NoticeRead")] == [[f"staff:{me.pk}"]]


def test_all_notices_are_read_with_one_press(me):
    assigned("GD20261123-000001", "a", me.pk)
    assigned("GD20261123-000002", "b", me.pk)

    assert staff_client(me).post("/api/notices/read").json() == {"unread": 0}
    assert list(Notification.objects.values_list("state", flat=True)) == ["read", "read"]


def test_nobody_sees_or_reads_the_notices_of_another(me):
    other = staff("8022", name="周雨")
    assigned("GD20261123-000001", "a", other.pk)
    client = staff_client(me)

    assert client.get("/api/notices").json()["items"] == []
    answer = client.post(f"/api/notices/{Notification.objects.get().pk}/read")

    assert (answer.status_code, answer.json()["code"]) == (404, "notice-not-found")
    assert Notification.objects.get().state == "sent"


@pytest.mark.parametrize("path", ["/api/notices", "/api/notices/unread", "/api/messages-sent"])
def test_notices_are_for_those_who_signed_in(path):
    assert ApiClient(Client()).get(path).status_code == 401


@pytest.fixture
def failed():
    row = customer(email="gone@example.com")
    with connected(Mailbag(refuse=ports.SendFailed("550 no such user", final=True))):
        tell(f"customer:{row.pk}", channels=["email"])
        send_all()
    return Notification.objects.get()


def test_a_failed_message_is_seen_and_sent_again_by_hand(failed):
    leader = staff_client(staff("8001", role="shift_leader"))
    bag = Mailbag()

    shown = leader.get("/api/messages-sent", state="failed").json()["items"]
    with connected(bag):
        answer = leader.post(f"/api/messages-sent/{failed.pk}/resend")
        send_all()

    assert [(m["id"], m["address"], m["error"]) for m in shown] == [(failed.pk, "g***@example.com", "550 no such user")]
    assert answer.status_code == 204
    assert len(bag.carried) == 1
    assert leader.get("/api/messages-sent", state="failed").json()["items"] == []
    assert leader.post(f"/api/messages-sent/{failed.pk}/resend").json()["code"] == "notification-not-failed"


def test_messages_and_resending_need_their_permissions(failed):
    agent = staff_client(staff())

    assert agent.get("/api/messages-sent").status_code == 403
    assert agent.post(f"/api/messages-sent/{failed.pk}/resend").status_code == 403
    assert Notification.objects.get().state == "failed"


def test_a_message_that_is_not_there_cannot_be_sent_again():
    leader = staff_client(staff("8001", role="shift_leader"))

    assert leader.post("/api/messages-sent/404/resend").status_code == 404
