"""How each instruction is carried out in Asterisk. Done again, it changes nothing: names are ours."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from shouwen.telephony.ports import Speech
from shouwen.telephony.queries import Due

from .client import Ari

RING_SECONDS = 90
"""Longer than any offer lasts: the offer's own clock ends the ringing; this is the net below it."""
FORMAT = "wav"
TRUNK = "trunk"
"""What the way to the operator's network is called in Asterisk's settings, and the group in which its calls count."""
SAID = ("greet", "tell")
"""What is said to a caller while he waits; the call's number follows in the name of the sound."""
LET_GO = "let-go"
"""Where in Asterisk's settings a line is hung up that has heard its last words."""


class Verbs:
    """Carries out instructions through one connection.

    A channel does one thing after another. So what follows a sound is given to Asterisk together with it: whoever dies
    meanwhile, nobody who heard something is left in silence.
    """

    def __init__(self, ari: Ari, speech: Speech) -> None:
        self._ari = ari
        self._speech = speech
        self._spoken: dict[str, str] = {}
        self._verbs: dict[str, Callable[[Due], Awaitable[None]]] = {
            "greet": self._greet,
            "turn_away": self._farewell,
            "farewell": self._farewell,
            "hold": self._hold,
            "tell": self._tell,
            "ring": self._ring,
            "dial": self._dial,
            "connect": self._connect,
            "join": self._join,
            "hang_up": self._hang_up,
            "pause": self._pause,
            "unpause": self._unpause,
        }

    async def carry_out(self, due: Due) -> None:
        """Carry out one instruction; raises AriRefused where Asterisk cannot."""
        await self._verbs[due.verb](due)

    async def _say(self, words: str, otherwise: str) -> str:
        known = self._spoken.get(words)
        if known is None:
            known = await asyncio.to_thread(self._speech.say, words, otherwise=otherwise)
            if not known.endswith(f"/{otherwise}"):
                self._spoken[words] = known
        return f"sound:{known}"

    async def _greet(self, due: Due) -> None:
        channel = due.arguments["channel"]
        await self._ari.ensure("POST", f"channels/{channel}/answer")
        sound = await self._say(due.arguments["words"], "notice")
        await self._ari.ensure("POST", f"channels/{channel}/play/greet-{due.interaction_id}", media=sound)
        await self._music(channel)

    async def _farewell(self, due: Due) -> None:
        """Say the last words, after which Asterisk itself hangs up."""
        channel = due.arguments["channel"]
        await self._hush(due, "tell")
        await self._ari.ensure("POST", f"channels/{channel}/answer")
        sound = await self._say(due.arguments["words"], "closed")
        await self._ari.ensure("POST", f"channels/{channel}/play/away-{channel}", media=sound)
        await self._ari.ensure("POST", f"channels/{channel}/continue", context=LET_GO, extension="s", priority=1)

    async def _hold(self, due: Due) -> None:
        # what is playing is stopped first, or the music would wait for its end
        channel = due.arguments["channel"]
        await self._hush(due, *SAID)
        if due.arguments.get("bridge"):
            await self._ari.ensure("POST", f"bridges/{due.arguments['bridge']}/removeChannel", channel=channel)
        await self._music(channel)

    async def _music(self, channel: str) -> None:
        """Let music begin, after what is being said; each has his own: a room's ends when one of them leaves it."""
        await self._ari.ensure("POST", f"channels/{channel}/moh", mohClass="default")

    async def _hush(self, due: Due, *said: str) -> None:
        """Let the caller be told nothing more."""
        for what in said:
            await self._ari.ensure("DELETE", f"playbacks/{what}-{due.interaction_id}")

    async def _tell(self, due: Due) -> None:
        channel = due.arguments["channel"]
        sounds = [await self._say(words, "notice") for words in due.arguments["words"]]
        path = f"channels/{channel}/play/tell-{due.interaction_id}"
        await self._ari.ensure("POST", path, media=",".join(dict.fromkeys(sounds)))
        await self._music(channel)

    async def _ring(self, due: Due) -> None:
        told: Mapping[str, Any] = due.arguments
        address = f"/{told['address']}" if told["address"] else ""
        await self._ari.ensure(
            "POST",
            f"channels/{told['channel']}",
            endpoint=f"PJSIP/{told['number']}{address}",
            app=self._ari.app,
            appArgs="agent",
            callerId=due.calling or None,
            timeout=RING_SECONDS,
        )

    async def _dial(self, due: Due) -> None:
        """Call a customer through the operator's trunk; who calls him hears it ring meanwhile."""
        told: Mapping[str, Any] = due.arguments
        await self._ari.ensure("POST", f"channels/{told['hears']}/ring")
        await self._ari.ensure(
            "POST",
            f"channels/{told['channel']}",
            endpoint=f"PJSIP/{told['number']}@{TRUNK}",
            app=self._ari.app,
            appArgs="customer",
            callerId=told["caller"] or None,
            timeout=told["seconds"],
            body={"variables": {"GROUP()": TRUNK}},
        )

    async def _connect(self, due: Due) -> None:
        bridge = due.arguments["bridge"]
        if due.arguments.get("rings"):
            await self._ari.ensure("DELETE", f"channels/{due.arguments['rings']}/ring")
        await self._join(due)
        name = due.arguments["recording"]
        await self._ari.ensure("POST", f"bridges/{bridge}/record", name=name, format=FORMAT, ifExists="fail")
        sound = await self._say(due.arguments["words"], "notice")
        await self._ari.ensure("POST", f"bridges/{bridge}/play", media=sound)

    async def _join(self, due: Due) -> None:
        bridge = due.arguments["bridge"]
        await self._hush(due, "tell")
        await self._ari.ensure("POST", f"bridges/{bridge}", type="mixing", name=bridge)
        for channel in due.arguments["channels"]:
            await self._ari.ensure("DELETE", f"channels/{channel}/moh")
            await self._ari.ensure("POST", f"bridges/{bridge}/addChannel", channel=channel)

    async def _pause(self, due: Due) -> None:
        await self._ari.ensure("POST", f"recordings/live/{due.arguments['recording']}/pause")

    async def _unpause(self, due: Due) -> None:
        await self._ari.ensure("DELETE", f"recordings/live/{due.arguments['recording']}/pause")

    async def _hang_up(self, due: Due) -> None:
        await self._ari.ensure("DELETE", f"channels/{due.arguments['channel']}", reason="normal")
        if due.arguments.get("bridge"):
            await self._ari.ensure("DELETE", f"bridges/{due.arguments['bridge']}")
