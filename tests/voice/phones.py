"""A telephone for tests: speaks just enough SIP over UDP, sends one tone, and keeps every sound it gets."""

from __future__ import annotations

import contextlib
import math
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field

from .lines import until

RATE, FRAME = 8000, 160
KEYS = "0123456789*#ABCD"
PRESS_FRAMES = 8
ALAW_SEGMENTS = (0xFF, 0x1FF, 0x3FF, 0x7FF, 0xFFF, 0x1FFF, 0x3FFF, 0x7FFF)


def to_alaw(sample: int) -> int:
    """Return a linear sample as A-law (G.711)."""
    mask = 0xD5 if sample >= 0 else 0x55
    size = sample if sample >= 0 else -sample - 1
    segment = next(i for i, end in enumerate(ALAW_SEGMENTS) if size <= end)
    part = size >> 4 if segment < 2 else size >> (segment + 3)
    return ((segment << 4) | (part & 0x0F)) ^ mask


def from_alaw(byte: int) -> int:
    """Return an A-law sample as a linear one."""
    byte ^= 0x55
    size, segment = (byte & 0x0F) << 4, (byte & 0x70) >> 4
    size += 8 if segment == 0 else 0x108
    size <<= max(segment - 1, 0)
    return size if byte & 0x80 else -size


def loudness(samples: list[int], pitch: float) -> float:
    """Return how much of a sound is one pitch: 0 to 1 (Goertzel)."""
    total = sum(s * s for s in samples)
    if total == 0:
        return 0.0
    turn = 2 * math.cos(2 * math.pi * pitch / RATE)
    before, last = 0.0, 0.0
    for sample in samples:
        before, last = last, sample + turn * last - before
    power = before * before + last * last - turn * before * last
    return min(2 * power / (len(samples) * total), 1.0)


@dataclass
class Dialog:
    """What both ends call the call."""

    call_id: str
    ours: str
    theirs: str
    target: str
    branch: str = ""
    via: str = ""
    sequence: str = "1 INVITE"
    media: tuple[str, int] | None = None
    sent: int = 1
    request: str = ""
    answers: list[int] = field(default_factory=list)


class Phone:
    """One telephone at one address."""

    def __init__(self, host: str, pitch: float, *, port: int = 0, number: str = "13800001111") -> None:
        self.host, self.pitch, self.number = host, pitch, number
        self._sip = socket.socket(type=socket.SOCK_DGRAM)
        self._sip.bind((host, port))
        self._rtp = socket.socket(type=socket.SOCK_DGRAM)
        self._rtp.bind((host, 0))
        self._sip.settimeout(0.2)
        self._rtp.settimeout(0.2)
        self.port = self._sip.getsockname()[1]
        self.state = "idle"
        self.heard: list[int] = []
        self.dialog: Dialog | None = None
        self._keys: list[tuple[int, int]] = []
        self._switch = ("", 0)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._signal, self._hear, self._speak)]
        for thread in self._threads:
            thread.start()

    @property
    def here(self) -> str:
        """Return the address others reach it by."""
        return f"{self.host}:{self.port}"

    def call(self, host: str, port: int, code: str) -> None:
        """Call a code."""
        self._switch = (host, port)
        self.heard.clear()
        mark = f"{time.monotonic_ns():x}"
        ours, theirs = f"<sip:{self.number}@{self.here}>;tag=c{mark}", f"<sip:{code}@{host}>"
        dialog = Dialog(mark, ours, theirs, f"sip:{code}@{host}:{port}", branch=f"z9hG4bK{mark}")
        self.dialog, self.state = dialog, "calling"
        self._request("INVITE", dialog, self._offer())

    def answer(self) -> None:
        """Pick up."""
        assert self.dialog is not None
        self._reply(200, "OK", self._offer())
        self.state = "talking"

    def refuse(self, status: int, reason: str) -> None:
        """Do not pick up, and say why."""
        self._reply(status, reason)
        self.state = "idle"

    def hang_up(self) -> None:
        """Put the receiver down."""
        assert self.dialog is not None
        if self.state == "calling":
            self._request("CANCEL", self.dialog)
            return
        self.dialog.sent += 1
        self.dialog.branch = f"z9hG4bKb{time.monotonic_ns():x}"
        self._request("BYE", self.dialog)
        self.state = "over"

    def press(self, key: str) -> None:
        """Press a key for a sixth of a second, as RFC 4733 sends it."""
        self._keys.append((KEYS.index(key), PRESS_FRAMES))

    def hears(self, pitch: float, least: float = 0.5) -> bool:
        """Tell whether the last quarter of a second it heard is mostly one pitch."""
        recent = self.heard[-RATE // 4 :]
        return len(recent) == RATE // 4 and loudness(recent, pitch) > least

    def wait(self, state: str, seconds: float = 20) -> None:
        """Wait until it is in a state."""
        try:
            until(lambda: self.state == state, seconds)
        except AssertionError:
            raise AssertionError(f"the phone is {self.state}, not {state}") from None

    def close(self) -> None:
        """Throw it away."""
        if self._stop.is_set():
            return
        self._stop.set()
        for thread in self._threads:
            thread.join(2)
        self._sip.close()
        self._rtp.close()

    def _offer(self) -> str:
        port = self._rtp.getsockname()[1]
        return (
            f"v=0\r\no=- 1 1 IN IP4 {self.host}\r\ns=-\r\nc=IN IP4 {self.host}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\n"
            "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\n"
        )

    def _request(self, method: str, dialog: Dialog, body: str = "") -> None:
        target = dialog.target
        text = (
            f"{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {self.here};branch={dialog.branch}\r\n"
            f"Max-Forwards: 70\r\nFrom: {dialog.ours}\r\nTo: {dialog.theirs}\r\nCall-ID: {dialog.call_id}\r\n"
            f"CSeq: {dialog.sent} {method}\r\nContact: <sip:{self.number}@{self.here}>\r\n"
            f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        self._sip.sendto(text.encode(), self._switch)

    def _reply(self, status: int, reason: str, body: str = "") -> None:
        dialog = self.dialog
        assert dialog is not None
        text = (
            f"SIP/2.0 {status} {reason}\r\n{dialog.via}\r\nFrom: {dialog.theirs}\r\nTo: {dialog.ours}\r\n"
            f"Call-ID: {dialog.call_id}\r\nCSeq: {dialog.sequence}\r\nContact: <sip:{self.number}@{self.here}>\r\n"
            f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        self._sip.sendto(text.encode(), self._switch)

    def _signal(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError, OSError):
                data, source = self._sip.recvfrom(65536)
                self._switch = source
                self._take(data.decode(errors="replace"))

    def _take(self, text: str) -> None:
        first = text.split("\r\n", 1)[0]
        if first.startswith("SIP/2.0"):
            self._answered(int(first.split()[1]), text)
        else:
            self._asked(first.split()[0], text)

    def _answered(self, status: int, text: str) -> None:
        dialog = self.dialog
        if dialog is None or not _header(text, "CSeq").endswith("INVITE"):
            return
        dialog.answers.append(status)
        if status < 200:
            return
        dialog.theirs = _header(text, "To")
        if status < 300:
            dialog.target = re.search(r"<(.+?)>", _header(text, "Contact"))[1]  # type: ignore[index]
            dialog.media = _media(text)
            dialog.branch = f"z9hG4bKa{time.monotonic_ns():x}"
        self._request("ACK", dialog)
        if self.state == "calling":
            self.state = "talking" if status < 300 else "over"

    def _asked(self, method: str, text: str) -> None:
        if method == "INVITE" and self.state in {"idle", "over"}:
            self._rung(text)
        elif method in {"BYE", "CANCEL"} and self.dialog is not None:
            invite_via, invite_sequence = self.dialog.via, self.dialog.sequence
            self.dialog.via, self.dialog.sequence = _vias(text), _header(text, "CSeq")
            self._swap_reply(text)
            if method == "CANCEL":
                self.dialog.via, self.dialog.sequence = invite_via, invite_sequence
                self._reply(487, "Request Terminated")
            self.state = "over"

    def _rung(self, text: str) -> None:
        contact = re.search(r"<(.+?)>", _header(text, "Contact"))
        assert contact is not None
        self.heard.clear()
        self.dialog = Dialog(
            call_id=_header(text, "Call-ID"),
            ours=f"{_header(text, 'To')};tag=a{time.monotonic_ns():x}",
            theirs=_header(text, "From"),
            target=contact[1],
            via=_vias(text),
            sequence=_header(text, "CSeq"),
            media=_media(text),
            request=text,
        )
        self._reply(180, "Ringing")
        self.state = "ringing"

    def _swap_reply(self, text: str) -> None:
        """Answer a request of the other side within the call."""
        assert self.dialog is not None
        reply = (
            f"SIP/2.0 200 OK\r\n{_vias(text)}\r\nFrom: {_header(text, 'From')}\r\nTo: {_header(text, 'To')}\r\n"
            f"Call-ID: {_header(text, 'Call-ID')}\r\nCSeq: {_header(text, 'CSeq')}\r\nContent-Length: 0\r\n\r\n"
        )
        self._sip.sendto(reply.encode(), self._switch)

    def _hear(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError, OSError):
                data = self._rtp.recv(2048)
                if data[1] & 0x7F == 8:
                    self.heard.extend(from_alaw(byte) for byte in data[12:])

    def _speak(self) -> None:
        count, begun = 0, time.monotonic()
        while not self._stop.is_set():
            media = self.dialog.media if self.dialog is not None and self.state == "talking" else None
            if media is not None:
                self._rtp.sendto(self._key(count) if self._keys else self._frame(count), media)
            count += 1
            self._stop.wait(max(begun + count * FRAME / RATE - time.monotonic(), 0))

    def _key(self, count: int) -> bytes:
        """Return the next packet of the key that is pressed; the last three say that it was let go."""
        key, left = self._keys[0]
        gone = PRESS_FRAMES - left
        self._keys[:1] = [(key, left - 1)] if left > 1 else []
        began, kind = ((count - gone) * FRAME) & 0xFFFFFFFF, 101 | (0x80 if gone == 0 else 0)
        head = struct.pack(">BBHII", 0x80, kind, count & 0xFFFF, began, 7)
        return head + struct.pack(">BBH", key, 10 | (0x80 if left <= 3 else 0), (gone + 1) * FRAME)

    def _frame(self, count: int) -> bytes:
        turn = 2 * math.pi * self.pitch / RATE
        sound = bytes(to_alaw(int(9000 * math.sin(turn * (count * FRAME + i)))) for i in range(FRAME))
        return struct.pack(">BBHII", 0x80, 8, count & 0xFFFF, (count * FRAME) & 0xFFFFFFFF, 7) + sound


def _header(text: str, name: str) -> str:
    found = re.search(rf"^{name}: *(.+?)\r$", text, re.MULTILINE | re.IGNORECASE)
    assert found is not None, (name, text)
    return found[1]


def _vias(text: str) -> str:
    return "\r\n".join(re.findall(r"^(Via: .+?)\r$", text, re.MULTILINE | re.IGNORECASE))


def _media(text: str) -> tuple[str, int]:
    host, port = re.search(r"^c=IN IP4 (\S+)", text, re.MULTILINE), re.search(r"^m=audio (\d+)", text, re.MULTILINE)
    assert host is not None
    assert port is not None
    return host[1], int(port[1])
