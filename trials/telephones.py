"""Many telephones in one process: enough SIP to call, ring, answer and hang up, one tone out, and when a sound came in.

All callers are one address of the operator's network, all agents' phones another; each line has an RTP port of its own.
They are many on a small machine: they send long packets, and ten times a second take in all that has come.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import re
import socket
import struct
import time
from dataclasses import dataclass, field
from typing import Any

FRAME, RATE = 800, 8000
"""Samples in a packet that we send: a tenth of a second; packets that come have what the other side likes."""
BURST = 200
"""So many packets of one line are taken in at once at most: more than a line gets in seconds."""
LOUD_LEAST = 20
"""So many bytes of a packet must be louder than a whisper for it to count as sound."""
_QUIET = bytes(b for b in range(256) if ((b ^ 0x55) & 0x7F) < 0x10)
_numbers = itertools.count(1)


def tone(pitch: float) -> list[bytes]:
    """Return one second of a tone as packets of A-law."""
    whole = bytes(_alaw(int(9000 * math.sin(2 * math.pi * pitch * i / RATE))) for i in range(RATE))
    return [whole[i : i + FRAME] for i in range(0, RATE, FRAME)]


def _alaw(sample: int) -> int:
    mask, size = (0xD5, sample) if sample >= 0 else (0x55, -sample - 1)
    segment = next(i for i in range(8) if size <= (0x100 << i) - 1)
    part = size >> 4 if segment < 2 else size >> (segment + 3)
    return ((segment << 4) | (part & 0x0F)) ^ mask


@dataclass
class Handset:
    """One line of one telephone, and what became of it."""

    number: str
    call_id: str
    ours: str
    theirs: str
    target: str
    branch: str
    state: str = "calling"
    ended_by: str = ""
    vias: str = ""
    sequence: str = ""
    invite: tuple[str, str] = ("", "")
    rtp: socket.socket | None = None
    media: tuple[str, int] | None = None
    asked: int = 1
    sent: int = 0
    calling: str = ""
    loud_at: float = 0.0
    gap: float = 0.0
    """The longest silence since `listen`."""

    def listen(self) -> None:
        """Begin to note silences anew."""
        self.loud_at, self.gap = time.monotonic(), 0.0

    def silence(self) -> float:
        """Return the longest silence since then, the present one too."""
        return max(self.gap, time.monotonic() - self.loud_at)


@dataclass
class Exchange(asyncio.DatagramProtocol):
    """All telephones of one side."""

    host: str
    pitch: float
    port: int
    answers: bool
    """Whether phones are picked up by themselves."""
    lines: dict[str, Handset] = field(default_factory=dict)
    pause: bool = False
    """Phones ring and nobody picks up."""
    stall: float = 0.0
    """How late the telephones were at most: so long a silence is their own."""

    async def open(self) -> None:
        """Take the address."""
        loop = asyncio.get_running_loop()
        self._wire, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(self.host, self.port))
        self._frames = tone(self.pitch)
        self._tasks = {asyncio.create_task(self._speak())}

    async def close(self) -> None:
        """Throw all telephones away."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._wire.close()
        for line in self.lines.values():
            self._unplug(line)

    def living(self, state: str = "up") -> list[Handset]:
        """Return the lines in a state."""
        return [line for line in self.lines.values() if line.state == state]

    def call(self, switch: tuple[str, int], code: str = "10000") -> Handset:
        """Call somebody."""
        n = next(_numbers)
        number = f"138{n:08d}"
        here, mark = f"{self.host}:{self.port}", f"{n}{time.monotonic_ns():x}"
        line = Handset(
            number,
            mark,
            f"<sip:{number}@{here}>;tag=c{mark}",
            f"<sip:{code}@{switch[0]}>",
            f"sip:{code}@{switch[0]}:{switch[1]}",
            f"z9hG4bK{mark}",
        )
        self._plug(line)
        self.lines[mark] = line
        self._switch = switch
        self._request("INVITE", line, self._offer(line))
        return line

    def pick_up(self, line: Handset) -> None:
        """Answer."""
        if line.state == "ringing" and line.rtp is not None:
            line.vias, line.sequence = line.invite
            self._reply(200, "OK", line, self._offer(line))
            line.state = "up"
            line.listen()

    def hang_up(self, line: Handset) -> None:
        """Put the receiver down."""
        if line.state == "calling":
            self._request("CANCEL", line)
        elif line.state == "up":
            line.asked += 1
            line.branch = f"z9hG4bKb{time.monotonic_ns():x}"
            self._request("BYE", line)
        line.ended_by = line.ended_by or "us"
        self._over(line)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Take in a message."""
        self._switch = addr
        text = data.decode(errors="replace")
        first, line = text.split("\r\n", 1)[0], self.lines.get(_header(text, "Call-ID"))
        if first.startswith("SIP/2.0"):
            if line is not None:
                self._answered(int(first.split()[1]), text, line)
        elif first.startswith("OPTIONS"):
            self._send(_plain(text))
        elif first.startswith("INVITE") and line is None:
            self._rung(text)
        elif first.startswith(("BYE", "CANCEL")):
            self._send(_plain(text))
            if line is not None:
                self._ended(first.startswith("CANCEL"), line)

    def _ended(self, cancelled: bool, line: Handset) -> None:  # noqa: FBT001
        if cancelled and line.state == "ringing":
            line.vias, line.sequence = line.invite
            self._reply(487, "Request Terminated", line)
        line.ended_by = line.ended_by or "them"
        self._over(line)

    def _answered(self, status: int, text: str, line: Handset) -> None:
        if not _header(text, "CSeq").endswith("INVITE") or status < 200:
            return
        line.theirs = _header(text, "To")
        if status < 300:
            line.target, line.media = _contact(text), _media(text)
            line.branch = f"z9hG4bKa{time.monotonic_ns():x}"
        self._request("ACK", line)
        if line.state == "calling":
            line.state = "up" if status < 300 else "over"
            line.listen()
        elif line.state == "over" and status < 300 and line.ended_by == "us":
            line.state = "up"
            self.hang_up(line)

    def _rung(self, text: str) -> None:
        mark = _header(text, "Call-ID")
        found = re.search(r"sip:([^@>]*)@", _header(text, "From"))
        called = re.search(r"sip:([^@>]*)@", _header(text, "To"))
        line = Handset(
            called[1] if called else "",
            mark,
            f"{_header(text, 'To')};tag=a{time.monotonic_ns():x}",
            _header(text, "From"),
            _contact(text),
            "",
            state="ringing",
            vias=_vias(text),
            sequence=_header(text, "CSeq"),
            invite=(_vias(text), _header(text, "CSeq")),
            media=_media(text),
            calling=found[1] if found else "",
        )
        self._plug(line)
        self.lines[mark] = line
        self._reply(180, "Ringing", line)
        if self.answers and not self.pause:
            asyncio.get_running_loop().call_later(0.3, self.pick_up, line)

    def _plug(self, line: Handset) -> None:
        line.rtp = socket.socket(type=socket.SOCK_DGRAM)
        line.rtp.settimeout(0)
        line.rtp.bind((self.host, 0))

    def _unplug(self, line: Handset) -> None:
        if line.rtp is not None:
            line.rtp.close()
            line.rtp = None

    def _over(self, line: Handset) -> None:
        line.state = "over"
        self._unplug(line)

    def _hear(self, line: Handset, rtp: socket.socket) -> None:
        """Take in all that a line got since the last time; the first loud packet tells that it heard something."""
        loud = False
        for _ in range(BURST):
            try:
                data = rtp.recv(2048)
            except OSError:
                break
            loud = loud or (data[1] & 0x7F == 8 and len(data[12:].translate(None, _QUIET)) >= LOUD_LEAST)
        if loud:
            now = time.monotonic()
            line.gap = max(line.gap, now - line.loud_at)
            line.loud_at = now

    def _say(self, line: Handset, rtp: socket.socket, frame: bytes) -> None:
        head = struct.pack(">BBHII", 0x80, 8, line.sent & 0xFFFF, (line.sent * FRAME) & 0xFFFFFFFF, 7)
        line.sent += 1
        if line.media:
            with contextlib.suppress(OSError):
                rtp.sendto(head + frame, line.media)

    async def _speak(self) -> None:
        """Hear every line that is up and send its tone, ten times a second."""
        begun, count = time.monotonic(), 0
        while True:
            frame = self._frames[count % len(self._frames)]
            for line in self.lines.values():
                if line.state == "up" and line.rtp is not None:
                    self._hear(line, line.rtp)
                    self._say(line, line.rtp, frame)
            count += 1
            late = time.monotonic() - begun - count * FRAME / RATE
            self.stall = max(self.stall, late)
            if late > 1:
                begun += late  # what was not said in time is not said afterwards
            await asyncio.sleep(max(begun + count * FRAME / RATE - time.monotonic(), 0))

    def _offer(self, line: Handset) -> str:
        assert line.rtp is not None
        return (
            f"v=0\r\no=- 1 1 IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\n"
            f"m=audio {line.rtp.getsockname()[1]} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"
        )

    def _request(self, method: str, line: Handset, body: str = "") -> None:
        self._send(
            f"{method} {line.target} SIP/2.0\r\nVia: SIP/2.0/UDP {self.host}:{self.port};branch={line.branch}\r\n"
            f"Max-Forwards: 70\r\nFrom: {line.ours}\r\nTo: {line.theirs}\r\nCall-ID: {line.call_id}\r\n"
            f"CSeq: {line.asked} {method}\r\nContact: <sip:{line.number}@{self.host}:{self.port}>\r\n"
            f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )

    def _reply(self, status: int, reason: str, line: Handset, body: str = "") -> None:
        self._send(
            f"SIP/2.0 {status} {reason}\r\n{line.vias}\r\nFrom: {line.theirs}\r\nTo: {line.ours}\r\n"
            f"Call-ID: {line.call_id}\r\nCSeq: {line.sequence}\r\nContact: <sip:a@{self.host}:{self.port}>\r\n"
            f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )

    def _send(self, text: str) -> None:
        self._wire.sendto(text.encode(), self._switch)


def _plain(text: str) -> str:
    """Return the plain answer to a request."""
    heads = "\r\n".join(f"{name}: {_header(text, name)}" for name in ("From", "To", "Call-ID", "CSeq"))
    return f"SIP/2.0 200 OK\r\n{_vias(text)}\r\n{heads}\r\nContent-Length: 0\r\n\r\n"


def _header(text: str, name: str) -> str:
    found = re.search(rf"^{name}: *(.+?)\r$", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _contact(text: str) -> str:
    found = re.search(r"<(.+?)>", _header(text, "Contact"))
    return found[1] if found else ""


def _vias(text: str) -> str:
    return "\r\n".join(re.findall(r"^(Via: .+?)\r$", text, re.MULTILINE | re.IGNORECASE))


def _media(text: str) -> tuple[str, int] | None:
    host, port = re.search(r"^c=IN IP4 (\S+)", text, re.MULTILINE), re.search(r"^m=audio (\d+)", text, re.MULTILINE)
    return (host[1], int(port[1])) if host and port else None
