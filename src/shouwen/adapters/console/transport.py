"""Messages as lines in the log."""

from __future__ import annotations

import logging

logger = logging.getLogger("shouwen.messages")


class ConsoleTransport:
    """Carries every channel by writing the message to the log."""

    def send(self, *, channel: str, address: str, title: str, body: str, reference: str) -> str:
        """Write one message; the receipt is its reference."""
        logger.info("%s to %s: [%s] %s", channel.upper(), _one_line(address), _one_line(title), _one_line(body))
        return f"console:{reference}"


def _one_line(text: str) -> str:
    """Keep a message from looking like lines of the log that it is not."""
    return " ".join(text.split())
