"""What notifications need from outside: something that carries a message."""

from __future__ import annotations

from typing import Protocol


class SendFailed(Exception):
    """The message did not leave. `final` when trying again cannot help: the address does not exist."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(reason)


class Transport(Protocol):
    """Carries messages of one or more channels. Raises SendFailed; never called inside a transaction."""

    def send(self, *, channel: str, address: str, title: str, body: str, reference: str) -> str:
        """Carry one message and return the receipt.

        `reference` is the same when a message is sent again, so that the far side can tell a double.
        """
        ...


_connected: dict[str, Transport] = {}


def connect(channel: str, transport: Transport) -> None:
    """Let `transport` carry the messages of a channel. Done once, where the house is wired."""
    _connected[channel] = transport


def transport(channel: str) -> Transport:
    """Return what carries a channel's messages; raises SendFailed when nothing is connected."""
    if channel not in _connected:
        raise SendFailed(f"nothing carries {channel}: connect a transport")
    return _connected[channel]
