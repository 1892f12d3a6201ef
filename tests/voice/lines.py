"""A real Asterisk for tests: settings of ours, ports that are free, nothing left behind."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shouwen.project.postgres.binaries import as_user, system_user
from shouwen.project.voice import APP, Asterisk, Line, configure

PATIENCE = 30
CUSTOMER, AGENT, STRANGER = "127.0.0.2", "127.0.0.3", "127.0.0.9"
PASSWORD = "only-for-tests-and-for-nothing-else"


class RunningAsterisk:
    """One Asterisk in a folder of its own; what it says is kept."""

    def __init__(self, asterisk: Asterisk, **settings: Any) -> None:
        self.asterisk, self._user = asterisk, system_user()
        home = Path(tempfile.mkdtemp(prefix="sw-voice-"))
        rtp = min(free_port(socket.SOCK_DGRAM), 60000) // 2 * 2
        self.trunk_port = free_port(socket.SOCK_DGRAM)
        self.line = Line(
            home=home,
            password=PASSWORD,
            sip_port=free_port(socket.SOCK_DGRAM),
            ari_port=free_port(socket.SOCK_STREAM),
            rtp_from=rtp,
            rtp_to=rtp + 400,
            trunks=(f"{CUSTOMER}:{self.trunk_port}",),
            phones=(AGENT,),
        )
        self.line = dataclasses.replace(self.line, **settings)
        self.said: list[str] = []
        self.said_at_start: list[str] = []
        self.start()

    def start(self) -> None:
        """Start it and wait until it takes orders."""
        command = configure(self.asterisk, self.line, self._user)
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **as_user(self._user)
        )
        threading.Thread(target=self._listen, args=[self.process], daemon=True).start()
        until(lambda: self.status("/asterisk/info") == 200)
        self.said_at_start = [*self.said]

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.said.extend(process.stdout)

    def status(self, path: str, password: str = PASSWORD) -> int:
        """Return how Asterisk answers an order; 0 if it does not."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.line.ari_port}/ari{path}")
        request.add_header("Authorization", "Basic " + base64.b64encode(f"{APP}:{password}".encode()).decode())
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return 0

    def clear(self) -> None:
        """Cut every line that a test left."""
        for channel in self.order("GET", "/channels"):
            with contextlib.suppress(urllib.error.HTTPError):
                self.order("DELETE", f"/channels/{channel['id']}")
        until(lambda: self.order("GET", "/channels") == [])

    def order(self, method: str, path: str, body: object = None) -> Any:
        """Have it do something, and return its answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.line.ari_port}/ari{path}", data, method=method)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        request.add_header("Authorization", "Basic " + base64.b64encode(f"{APP}:{PASSWORD}".encode()).decode())
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.loads(answer.read() or b"null")

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(10)

    def close(self) -> None:
        """Stop it and remove everything it wrote."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        shutil.rmtree(self.line.home, ignore_errors=True)


def free_port(kind: socket.SocketKind) -> int:
    """Return a port that nobody has."""
    with socket.socket(type=kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: object, seconds: float = PATIENCE) -> None:
    """Wait for another process to bring something about."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        if time.monotonic() > end:
            raise AssertionError("it did not come about in time")
        time.sleep(0.02)


def invite(line: Line, code: str, source: str) -> list[str]:
    """Call a code from an address and return the first lines of the answers, until a final one."""
    return ask(line, source, lambda here: invitation(line, code, here))


def ask(line: Line, source: str, request: Callable[[str], str]) -> list[str]:
    """Send a request from an address and return the first lines of the answers, until a final one."""
    with socket.socket(type=socket.SOCK_DGRAM) as sip:
        sip.bind((source, 0))
        sip.settimeout(5)
        here = f"{source}:{sip.getsockname()[1]}"
        sip.sendto(request(here).encode(), (line.sip_host, line.sip_port))
        answers: list[str] = []
        while not answers or answers[-1].startswith("SIP/2.0 1"):
            answers.append(sip.recv(4096).decode(errors="replace").splitlines()[0])
        return answers


def invitation(line: Line, code: str, here: str, *, via: str = "UDP", sound: str = "RTP/AVP 8\r\n") -> str:
    """Return a call to a code, from an address."""
    host, _, port = here.partition(":")
    body = f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} {sound}"
    return (
        f"INVITE sip:{code}@{line.sip_host}:{line.sip_port} SIP/2.0\r\n"
        f"Via: SIP/2.0/{via} {here};branch=z9hG4bK{port}\r\nMax-Forwards: 70\r\n"
        f"From: <sip:13800000000@{here}>;tag=t{port}\r\nTo: <sip:{code}@{line.sip_host}>\r\n"
        f"Call-ID: {port}@{host}\r\nCSeq: 1 INVITE\r\nContact: <sip:13800000000@{here}>\r\n"
        f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )
