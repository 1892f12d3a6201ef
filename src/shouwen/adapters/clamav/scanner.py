"""Speaks to clamd: INSTREAM over a socket, the content in pieces with their length before them."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Iterable, Iterator

from shouwen.kit.scanning import ScannerAway

PIECE = 64 * 1024
ANSWER_MOST = 4096
FOUND, CLEAN = " FOUND", "stream: OK"


class ClamAv:
    """A clamd at a unix socket (`/run/clamav/clamd.ctl`) or at `host:port`."""

    def __init__(self, place: str, *, seconds: float = 20.0) -> None:
        self._place = place
        self._seconds = seconds

    def scan(self, content: Iterable[bytes]) -> str:
        """Return what clamd calls what it found, "" for nothing."""
        answer = self._asked("INSTREAM", content)
        if answer == CLEAN:
            return ""
        if answer.endswith(FOUND):
            return answer.removeprefix("stream: ").removesuffix(FOUND)[:120]
        raise ScannerAway(answer[:200] or "no answer")

    def ping(self) -> None:
        """Ask whether it is there; raises ScannerAway."""
        answer = self._asked("PING", None)
        if answer != "PONG":
            raise ScannerAway(answer[:200] or "no answer")

    def _asked(self, order: str, content: Iterable[bytes] | None) -> str:
        try:
            with self._line() as line:
                line.sendall(f"z{order}\0".encode())
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough, and says why
                    _send(line, content)
                return _heard(line)
        except OSError as failure:
            raise ScannerAway(str(failure)) from None

    def _line(self) -> socket.socket:
        host, _, port = self._place.rpartition(":")
        if host and port.isdigit():
            return socket.create_connection((host, int(port)), timeout=self._seconds)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self._seconds)
        try:
            line.connect(self._place)
        except OSError:
            line.close()
            raise
        return line


def _send(line: socket.socket, content: Iterable[bytes] | None) -> None:
    if content is None:
        return
    for piece in _pieces(content):
        line.sendall(struct.pack("!L", len(piece)) + piece)
    line.sendall(struct.pack("!L", 0))


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    for part in content:
        for begin in range(0, len(part), PIECE):
            yield part[begin : begin + PIECE]


def _heard(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < ANSWER_MOST and (more := line.recv(1024)):
        answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
