"""An installation of our own for one replay: on an empty folder, with a fast clock, and gone afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from shouwen.project.processes import die_with_parent

from .errors import ProductRefused

START_SECONDS = 180.0
STOP_SECONDS = 40.0
_CODE = re.compile(r"SMS to \+?(\d+): .*(?:验证码是|code is) (\d{6})")


@dataclass(frozen=True)
class Product:
    """A running installation."""

    url: str
    data: Path
    process: asyncio.subprocess.Process

    @property
    def log(self) -> Path:
        """Return its one log, where messages to customers stand."""
        return self.data / "log" / "shouwen.log"


@contextlib.asynccontextmanager
async def own_product(
    *, speed: float, keep: Path | None = None, options: Sequence[str] = (), settings: Mapping[str, str] | None = None
) -> AsyncIterator[Product]:
    """Start a demo installation as a trial on loopback; stop it and remove its folder afterwards."""
    data = keep or Path(tempfile.mkdtemp(prefix="shouwen-replay-"))
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o711)  # the database server's own user passes through
    process = await _launch(data, port := _free_port(), (*options, "--trial-speed", f"{speed:g}"), settings or {})
    product = Product(f"http://127.0.0.1:{port}", data, process)
    try:
        await _answers(product)
        yield product
    finally:
        await _stop(product)
        if keep is None:
            shutil.rmtree(data, ignore_errors=True)


async def _launch(
    data: Path, port: int, options: Sequence[str], settings: Mapping[str, str]
) -> asyncio.subprocess.Process:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings |= {
        "SHOUWEN_DATA": str(data),
        "SHOUWEN_PORT": str(port),
        "SHOUWEN_TRUSTED_PROXIES": "127.0.0.1",  # simulated people come from addresses of their own
        **settings,
    }
    arguments = ("up", "--quiet", "--demo", *options)
    out = (data / "up.txt").open("wb")
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "shouwen.project.command", *arguments),
        env=surroundings,
        stdout=out,
        stderr=out,
        preexec_fn=lambda: die_with_parent(signal.SIGTERM),  # whatever ends us, it stops cleanly
    )


async def _answers(product: Product) -> None:
    end = asyncio.get_running_loop().time() + START_SECONDS
    async with httpx.AsyncClient(trust_env=False) as client:
        while asyncio.get_running_loop().time() < end and product.process.returncode is None:
            with contextlib.suppress(httpx.TransportError):
                if (await client.get(f"{product.url}/api/clock")).status_code == 200:
                    return
            await asyncio.sleep(0.2)
    said = (product.data / "up.txt").read_text(errors="replace").strip().splitlines()
    raise ProductRefused(what="shouwen up", detail=said[-1] if said else "no answer")


async def _stop(product: Product) -> None:
    if product.process.returncode is not None:
        return
    product.process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(product.process.wait(), STOP_SECONDS)
    except TimeoutError:
        product.process.kill()
        await product.process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Letterbox:
    """Reads one-time codes where a demo writes the messages it would send: in its log."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._place = 0
        self._file = -1
        self._rest = ""
        self._codes: dict[str, str] = {}

    async def code(self, phone: str, *, seconds: float) -> str | None:
        """Wait for a code to a number that was not read yet; of several, the newest is the one that is good."""
        end = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < end:
            self.read()
            if code := self._codes.pop(phone, None):
                return code
            await asyncio.sleep(0.1)
        return None

    def read(self) -> None:
        """Take in what was written since the last look, also after the log began a new file."""
        try:
            state = self._log.stat()
        except FileNotFoundError:
            return
        if state.st_ino != self._file or state.st_size < self._place:
            self._file, self._place, self._rest = state.st_ino, 0, ""
        if state.st_size == self._place:
            return
        with self._log.open("rb") as log:
            log.seek(self._place)
            fresh = log.read()
        self._place += len(fresh)
        *lines, self._rest = (self._rest + fresh.decode(errors="replace")).split("\n")
        for line in lines:
            if found := _CODE.search(line):
                self._codes[found[1][-11:]] = found[2]
