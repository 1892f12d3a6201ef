"""Joining what rooms need from outside (their ports) with what can do it (adapters)."""

from __future__ import annotations

from shouwen.adapters.console import ConsoleTransport
from shouwen.adapters.smtp import SmtpTransport
from shouwen.kit import clock
from shouwen.notifications.ports import Transport, connect

from .config import Config


def wire(config: Config) -> None:
    """Connect the transports of messages.

    Short messages go to the log only in the demo and in trials: they carry one-time codes. Elsewhere nothing carries
    them until an adapter to the operator's gateway is connected, and each failed message says so.
    """
    connect("email", _mail(config))
    if config.demo or clock.pace().trial:
        connect("sms", ConsoleTransport())


def _mail(config: Config) -> Transport:
    if not config.smtp_host:
        return ConsoleTransport()
    return SmtpTransport(
        host=config.smtp_host,
        port=config.smtp_port,
        security=config.smtp_security,
        user=config.smtp_user,
        password=config.smtp_password,
        sender=config.mail_from,
    )
