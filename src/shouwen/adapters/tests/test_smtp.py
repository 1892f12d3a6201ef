"""E-mail against a real mail server on loopback."""

from __future__ import annotations

import email
import email.policy
import logging
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from shouwen.adapters.console import ConsoleTransport
from shouwen.adapters.smtp import SmtpTransport
from shouwen.customers.tests.factories import customer
from shouwen.kit.actions import action
from shouwen.notifications.models import Notification
from shouwen.notifications.ports import SendFailed
from shouwen.notifications.tests.factories import connected, send_all, tell

MAIL = {"channel": "email", "address": "chen@example.com", "title": "已受理", "body": "单号 GD1。", "reference": "r-1"}


class Postbox:
    """A mail server's mind: takes letters, except for those it knows to be gone."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 taken"

    async def handle_RCPT(  # noqa: N802  the server's own name for it
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address.startswith("gone@"):
            return "550 no such user"
        if address.startswith("full@"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return self.answer


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def port(postbox: Postbox) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(handled=False, success=(data.login, data.password) == (b"shouwen", b"right"))

    controller = Controller(
        postbox, "127.0.0.1", number, authenticator=known, auth_require_tls=False, enable_SMTPUTF8=True
    )
    controller.start()
    yield number
    controller.stop()


def test_a_letter_arrives_whole_with_a_reference_that_stays_the_same(postbox, port):
    transport = SmtpTransport("127.0.0.1", port, sender="首问 <service@example.com>")

    receipts = {transport.send(**MAIL), transport.send(**MAIL)}

    assert receipts == {"<r-1@example.com>"}
    letter = postbox.letters[0]
    assert (letter["To"], letter["Subject"]) == ("chen@example.com", "已受理")
    assert letter["Message-ID"] == "<r-1@example.com>"
    assert letter.get_content().strip() == "单号 GD1。"


def test_an_unknown_mailbox_is_the_last_word_and_a_full_one_is_not(port):
    transport = SmtpTransport("127.0.0.1", port)

    with pytest.raises(SendFailed, match="550 no such user") as gone:
        transport.send(**MAIL | {"address": "gone@example.com"})
    with pytest.raises(SendFailed, match="452 mailbox full") as full:
        transport.send(**MAIL | {"address": "full@example.com"})

    assert (gone.value.final, full.value.final) == (True, False)


def test_a_server_that_is_busy_or_absent_is_tried_again(postbox, port):
    postbox.answer = "451 try later"

    with pytest.raises(SendFailed, match="451 try later") as busy:
        SmtpTransport("127.0.0.1", port).send(**MAIL)
    with pytest.raises(SendFailed, match=r"127\.0\.0\.1:1:") as absent:
        SmtpTransport("127.0.0.1", 1).send(**MAIL)

    assert (busy.value.final, absent.value.final) == (False, False)


def test_a_server_that_asks_who_we_are_is_told(postbox, port):
    SmtpTransport("127.0.0.1", port, user="shouwen", password="right").send(**MAIL)
    with pytest.raises(SendFailed, match="535"):
        SmtpTransport("127.0.0.1", port, user="shouwen", password="wrong").send(**MAIL)

    assert len(postbox.letters) == 1
    assert "right" not in repr(SmtpTransport("127.0.0.1", port, user="shouwen", password="right"))


def test_a_server_without_encryption_gets_no_letter_that_must_be_encrypted(postbox, port):
    with pytest.raises(SendFailed):
        SmtpTransport("127.0.0.1", port, security="starttls").send(**MAIL)
    with pytest.raises(SendFailed):
        SmtpTransport("127.0.0.1", port, security="tls").send(**MAIL)

    assert postbox.letters == []


def test_e_mail_only(port):
    with pytest.raises(SendFailed, match="not sms") as refusal:
        SmtpTransport("127.0.0.1", port).send(**MAIL | {"channel": "sms"})

    assert refusal.value.final is True


def test_no_letter_is_sent_inside_an_action(postbox, port, db):
    @action
    def send_inside() -> None:
        SmtpTransport("127.0.0.1", port).send(**MAIL)

    with pytest.raises(RuntimeError, match="inside an action"):
        send_inside()
    assert postbox.letters == []


@pytest.mark.django_db
def test_a_customer_gets_the_mail_that_an_action_queued(postbox, port):
    row = customer(email="chen@example.com")

    with connected(SmtpTransport("127.0.0.1", port), "email"):
        tell(f"customer:{row.pk}", channels=["email"])
        send_all()

    assert "GD20261123-000001" in postbox.letters[0].get_content()
    assert Notification.objects.get().state == "sent"


def test_the_console_writes_one_line_a_message_whatever_is_in_it(caplog):
    with caplog.at_level(logging.INFO, logger="shouwen.messages"):
        receipt = ConsoleTransport().send(
            channel="sms",
            address="8615400006620",
            title="登录验证码",
            body="验证码是 1\n2026 ERROR 假的",
            reference="r-2",
        )

    assert receipt == "console:r-2"
    assert caplog.messages == ["SMS to 8615400006620: [登录验证码] 验证码是 1 2026 ERROR 假的"]
