"""E-mail by SMTP."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Literal

from shouwen.kit.actions import forbid_inside_action
from shouwen.notifications.ports import SendFailed

TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class SmtpTransport:
    """Carries e-mail through one mail server, one connection a message."""

    host: str
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = "service@shouwen.invalid"
    tls: ssl.SSLContext | None = None

    def send(self, *, channel: str, address: str, title: str, body: str, reference: str) -> str:
        """Carry one message; the receipt is the server's Message-ID, the same whenever it is sent again."""
        forbid_inside_action("SMTP")
        if channel != "email":
            raise SendFailed(f"SMTP carries e-mail, not {channel}", final=True)
        letter = self._letter(address, title, body, reference)
        try:
            with self._connect() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _refused(refusal) from refusal
        except smtplib.SMTPResponseException as refusal:
            raise SendFailed(_said(refusal.smtp_code, refusal.smtp_error)) from refusal
        except (OSError, smtplib.SMTPException) as failure:
            raise SendFailed(f"{self.host}:{self.port}: {failure}") from failure
        return str(letter["Message-ID"])

    def _letter(self, address: str, title: str, body: str, reference: str) -> EmailMessage:
        domain = parseaddr(self.sender)[1].rpartition("@")[2]
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, address, title
        letter["Date"], letter["Message-ID"] = formatdate(localtime=False), f"<{reference}@{domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(body)
        return letter

    def _connect(self) -> smtplib.SMTP:
        context = self.tls or ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _refused(refusal: smtplib.SMTPRecipientsRefused) -> SendFailed:
    """Say why the server wants no mail for this address; 5xx is its last word (RFC 5321, 4.2.1)."""
    code, text = next(iter(refusal.recipients.values()))
    return SendFailed(_said(code, text), final=code >= 500)


def _said(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {words}"
