"""The peer: an Asterisk of its own whose dialplan says the notice and hands the caller to app_queue."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bench.parts import CannotMeasure
from shouwen.project.postgres.binaries import as_user, system_user
from shouwen.project.processes import die_with_parent
from shouwen.project.voice import Line, configure, located

from .house import AGENT, CALLER, free_port, write_moment

DIALPLAN = """
[from-trunk]
exten => _[+0-9].,1,Answer(,i)
 same => n,Playback({sound})
 same => n,Queue(bench,,,,600)
 same => n,Hangup()
"""
QUEUES = "[general]\nautofill = yes\n[bench]\nstrategy = rrmemory\ntimeout = 45\nretry = 1\nringinuse = no\n"
PHONE = """
[a{n}]
type = endpoint
transport = transport-udp
context = from-agent
disallow = all
allow = alaw
direct_media = no
aors = a{n}
[a{n}]
type = aor
contact = sip:a{n}@{address}
"""
START_SECONDS = 30


@dataclass(frozen=True)
class Peer:
    """The running peer."""

    sip_port: int
    trunk_port: int
    agent_port: int
    pid: int


@contextlib.asynccontextmanager
async def app_queue(agents: int) -> AsyncIterator[Peer]:
    """Start an Asterisk that distributes calls by itself to so many agents."""
    sip, trunk, agent = (free_port(socket.SOCK_DGRAM) for _ in range(3))
    with tempfile.TemporaryDirectory(prefix="shouwen-queue-", ignore_cleanup_errors=True) as folder:
        line = Line(
            home=Path(folder),
            password="only-for-the-bench-and-nothing-else",
            sip_port=sip,
            ari_port=free_port(socket.SOCK_STREAM),
            rtp_from=10000,
            rtp_to=29999,
            trunks=(f"{CALLER}:{trunk}",),
        )
        user, found = system_user(), located()
        command = configure(found, line, user)
        _become_a_queue(line.home, agents, f"{AGENT}:{agent}")
        process = await asyncio.create_subprocess_exec(
            *command,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            **{**as_user(user), "preexec_fn": lambda: die_with_parent(signal.SIGKILL)},
        )
        try:
            await _there(line.ari_port)
            yield Peer(sip, trunk, agent, process.pid)
        finally:
            process.kill()
            await process.wait()


def _become_a_queue(home: Path, agents: int, address: str) -> None:
    moment = home / "sounds" / "moment.wav"
    write_moment(moment)
    phones = "".join(PHONE.format(n=n, address=address) for n in range(agents))
    members = "".join(f"member => PJSIP/a{n}\n" for n in range(agents))
    etc = home / "etc"
    for name, text in {
        "modules.conf": (etc / "modules.conf").read_text() + "load = app_queue.so\n",
        "extensions.conf": DIALPLAN.format(sound=moment.with_suffix("")),
        "queues.conf": QUEUES + members,
        "pjsip.conf": (etc / "pjsip.conf").read_text() + phones,
    }.items():
        (etc / name).write_text(text)
        (etc / name).chmod(0o644)


async def _there(port: int) -> None:
    end = asyncio.get_running_loop().time() + START_SECONDS
    while asyncio.get_running_loop().time() < end:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            await asyncio.sleep(1)
            return
        await asyncio.sleep(0.1)
    raise CannotMeasure("Asterisk with app_queue did not start.")
