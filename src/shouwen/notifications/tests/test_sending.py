"""Telling and sending: once for each occasion, at least once on the way, and never inside a transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from shouwen.customers.tests.factories import customer
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.testing import facts
from shouwen.notifications import jobs, ports, rules
from shouwen.notifications.models import Notification

from .factories import Mailbag, connected, send_all, tell

db = pytest.mark.django_db
real_db = pytest.mark.django_db(transaction=True)
LINK = {"number": "GD20261123-000001", "link": "secret-token-of-a-link"}


def outgoing() -> Notification:
    return Notification.objects.exclude(channel="inapp").get()


@db
def test_a_customer_is_told_in_the_app_at_once_and_by_message_after_the_commit():
    row = customer()
    bag = Mailbag()

    with connected(bag):
        tell(f"customer:{row.pk}")
        assert bag.carried == []
        send_all()

    assert [(m["channel"], m["address"]) for m in bag.carried] == [("sms", "8615400006620")]
    assert bag.carried[0]["body"] == "您的事项已受理，单号 GD20261123-000001。您可以随时在「办理进度」里查看。"
    sent = outgoing()
    assert (sent.state, sent.receipt, sent.address, sent.attempts) == ("sent", "bag:1", "154 **** 6620", 1)
    told = facts("notifications.NoticeCreated")
    assert [f["audience"] for f in told] == [[f"customer:{row.pk}"]]
    assert [f["payload"]["subject_id"] for f in facts("notifications.NotificationSent")] == [1]


@db
def test_what_is_rolled_back_is_told_to_nobody():
    row = customer()
    bag = Mailbag()

    @action
    def break_off():
        tell(f"customer:{row.pk}")
        raise RuntimeError

    with connected(bag), pytest.raises(RuntimeError):
        break_off()

    assert send_all() == 0
    assert Notification.objects.count() == 0


@db
def test_one_occasion_told_twice_is_one_message_a_channel():
    row = customer()
    bag = Mailbag()

    with connected(bag):
        assert len(tell(f"customer:{row.pk}")) == 2
        assert tell(f"customer:{row.pk}") == []
        send_all()

    assert len(bag.carried) == 1


@db
def test_a_customer_reads_his_own_language():
    row = customer(language="en", email="chen@example.com")
    bag = Mailbag()

    with connected(bag):
        tell(f"customer:{row.pk}", channels=["email"])
        send_all()

    assert (bag.carried[0]["address"], bag.carried[0]["title"]) == ("chen@example.com", "Received")


@db
def test_a_missing_or_unknown_value_is_refused_before_anything_is_written():
    row = customer()

    with pytest.raises(TypeError, match="number"):
        tell(f"customer:{row.pk}", params={})
    with pytest.raises(TypeError, match="name"):
        tell(f"customer:{row.pk}", params={"number": "GD1", "name": "陈明远"})
    assert Notification.objects.count() == 0


@db
def test_a_failing_carrier_is_tried_again_later_with_the_same_reference(wall):
    row = customer()
    bag = Mailbag(refuse=ports.SendFailed("451 busy"))

    with connected(bag):
        tell(f"customer:{row.pk}", channels=["sms"])
        send_all()
        first = outgoing()
        send_all()
        assert outgoing().attempts == 1
        bag.refuse = None
        send_all()
        assert bag.carried == []
        wall.advance(seconds=10)
        send_all()

    assert (first.state, first.error, first.attempts) == ("queued", "451 busy", 1)
    assert (outgoing().state, outgoing().attempts, outgoing().error) == ("sent", 2, "")
    assert bag.carried[0]["ref"] == str(first.public_id)


@db
def test_a_message_that_never_leaves_ends_in_a_visible_failure(wall):
    row = customer()
    bag = Mailbag(refuse=ports.SendFailed("connection refused"))

    with connected(bag):
        tell(f"customer:{row.pk}", channels=["sms"])
        for _ in range(8):
            send_all()
            wall.advance(hours=2)

    failed = outgoing()
    assert (failed.state, failed.attempts, failed.due_at) == ("failed", len(rules.DELAYS) + 1, None)
    assert failed.error == "connection refused"
    assert len(facts("notifications.NotificationFailed")) == 1


@db
def test_an_address_that_does_not_exist_is_not_tried_again():
    row = customer(email="gone@example.com")

    with connected(Mailbag(refuse=ports.SendFailed("550 no such user", final=True))):
        tell(f"customer:{row.pk}", channels=["email"])
        send_all()

    assert (outgoing().state, outgoing().error) == ("failed", "550 no such user")


@db
def test_a_carrier_that_breaks_is_a_failed_try_and_no_lost_message(wall):
    row = customer()

    with connected(Mailbag(refuse=ZeroDivisionError("oops"))):
        tell(f"customer:{row.pk}", channels=["sms"])
        send_all()

    assert (outgoing().state, outgoing().attempts) == ("queued", 1)


@db
@pytest.mark.parametrize(
    ("channel", "outcome"),
    [
        ("email", ("failed", "no address on record for this channel")),
        ("sms", ("queued", "nothing carries sms: connect a transport")),
    ],
)
def test_without_an_address_or_a_carrier_the_reason_is_visible(channel, outcome):
    row = customer()

    with connected(Mailbag(), "fax"):
        tell(f"customer:{row.pk}", channels=[channel])
        send_all()

    assert (outgoing().state, outgoing().error) == outcome


@db
def test_a_sender_killed_after_sending_sends_again_when_its_lease_is_over(wall):
    row = customer()
    bag = Mailbag()

    class Killed(BaseException):
        pass

    with connected(Mailbag(refuse=Killed())):  # type: ignore[arg-type]
        tell(f"customer:{row.pk}", channels=["sms"])
        with pytest.raises(Killed):
            send_all()

    with connected(bag):
        assert send_all() == 0
        wall.advance(seconds=rules.LEASE.total_seconds())
        assert send_all() == 1

    assert (outgoing().state, outgoing().attempts, len(bag.carried)) == ("sent", 2, 1)


@db
def test_what_soon_has_no_use_goes_before_what_can_wait():
    row = customer()
    bag = Mailbag()

    with connected(bag):
        tell(f"customer:{row.pk}", channels=["sms"])
        tell(
            f"customer:{row.pk}",
            template="customers.sign_in_code",
            params={"code": "123456"},
            dedupe_key="customers.sign_in_code:1",
        )
        send_all()

    assert ["123456" in m["body"] for m in bag.carried] == [True, False]


@db
def test_a_slow_carrier_leaves_what_its_lease_would_not_outlast_to_the_next_turn(wall):
    row = customer()

    class Slow(Mailbag):
        def send(self, **message: str) -> str:
            wall.advance(seconds=20)
            return super().send(**message)

    bag = Slow()
    with connected(bag):
        for number in range(3):
            tell(f"customer:{row.pk}", channels=["sms"], dedupe_key=f"tickets.opened:{number}")
        jobs.send_due("sms")
        waiting = Notification.objects.get(channel="sms", state="queued")
        assert (len(bag.carried), waiting.attempts, waiting.due_at) == (2, 0, clock.wall())
        jobs.send_due("sms")

    assert [m["ref"] for m in bag.carried] == list(
        map(str, Notification.objects.filter(channel="sms").order_by("id").values_list("public_id", flat=True))
    )


@real_db
def test_two_workers_at_one_message_send_it_once():
    row = customer()
    bag = Mailbag()

    def work(_: int) -> None:
        try:
            jobs.send_due("sms")
        finally:
            connection.close()

    with connected(bag), ThreadPoolExecutor(4) as pool:
        tell(f"customer:{row.pk}", channels=["sms"])
        list(pool.map(work, range(4)))

    assert len(bag.carried) == 1


@db
def test_what_opens_something_is_kept_sealed_until_it_has_left_and_then_not_at_all():
    row = customer()
    bag = Mailbag()

    with connected(bag):
        tell(f"customer:{row.pk}", template="tickets.resolved", params=LINK)
        waiting = outgoing()
        assert LINK["link"] not in str(waiting.params) + waiting.sealed
        assert waiting.sealed != ""
        send_all()

    assert LINK["link"] in bag.carried[0]["body"]
    assert outgoing().sealed == ""
    assert LINK["link"] not in str(list(Notification.objects.values()))


@db
def test_a_code_that_could_not_be_sent_in_time_is_not_sent_at_all(wall):
    row = customer()
    bag = Mailbag()
    tell(f"customer:{row.pk}", template="customers.sign_in_code", params={"code": "123456"})

    wall.advance(minutes=5, seconds=1)
    with connected(bag):
        send_all()

    assert bag.carried == []
    assert (outgoing().state, outgoing().sealed) == ("failed", "")


@db
def test_sending_inside_an_action_is_a_defect():
    row = customer()
    tell(f"customer:{row.pk}", channels=["sms"])

    @action
    def send_inside():
        jobs.send_due("sms")

    with pytest.raises(RuntimeError, match="inside an action"):
        send_inside()


@db
def test_a_channel_that_holds_up_its_messages_holds_up_no_other():
    row = customer(email="chen@example.com")
    bag = Mailbag()

    with connected(bag):
        tell(f"customer:{row.pk}", channels=["sms", "email"])
        assert jobs.send_due("email") == 1

    assert [one["channel"] for one in bag.carried] == ["email"]
    assert Notification.objects.get(channel="sms").state == "queued"
