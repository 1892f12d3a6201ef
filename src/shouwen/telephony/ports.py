"""What the door for calls needs from outside: somebody who can say a sentence."""

from __future__ import annotations

from typing import Protocol


class Speech(Protocol):
    """Turns sentences into sounds that the media server can play."""

    def say(self, text: str, *, otherwise: str) -> str:
        """Return the name of the sound that says `text`; where nothing can speak, of the tone `otherwise`."""
        ...
