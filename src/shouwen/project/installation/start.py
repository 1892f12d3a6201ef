"""The order of a start: database, tables, data, processes, the first answer through the front door."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import psycopg

from shouwen.project.config import Config
from shouwen.project.first_start import issue_link
from shouwen.project.postgres import Cluster
from shouwen.project.supervisor import Journal, Supervisor
from shouwen.project.voice import Asterisk, AsteriskMissing, located

from . import banner, database, parts, reloading, removing
from .preparation import Preparation, PreparationFailed

DATABASE_SECONDS = 60.0
ANSWER_SECONDS = 90.0
OPEN_FILES = 65_536


class StartFailed(Exception):
    """The installation could not come up; the message says why."""


@dataclass(frozen=True)
class Wishes:
    """What the caller of `shouwen up` asked for."""

    demo: bool = False
    trial_speed: float | None = None
    reload: bool = False
    quiet: bool = False


class Installation:
    """Brings everything up, stays until told to stop, takes everything down."""

    def __init__(self, config: Config, wishes: Wishes) -> None:
        self._config = config
        self._wishes = wishes
        self._begun = time.monotonic()
        self._stop = asyncio.Event()
        self._journal = Journal(config.log_file, console=not wishes.quiet, as_json=config.log_format == "json")

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT."""
        self._check_encryption()
        self._check_port()
        self._asterisk = _asterisk(self._config)
        _raise_limit()
        self._supervisor = Supervisor(self._config.run_folder, self._journal, address=self._local())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        try:
            await self._come_up()
            attending = asyncio.create_task(removing.attend(self._config, self._supervisor, self._journal))
            await self._stop.wait()
            attending.cancel()
        finally:
            self._journal.say("up", "stopping")
            await self._supervisor.stop()
            self._journal.say("up", "stopped")

    def _check_encryption(self) -> None:
        config = self._config
        if config.host in banner.LOOPBACK or config.tls or config.trusted_proxies or config.plain_http:
            return
        raise StartFailed(
            f"Other machines could reach {config.host}, and nothing would be encrypted. Add --tls self-signed or a "
            "certificate (--tls-cert, --tls-key); behind a proxy that encrypts, name it in SHOUWEN_TRUSTED_PROXIES. "
            "SHOUWEN_PLAIN_HTTP=yes starts all the same."
        )

    def _check_port(self) -> None:
        family = socket.AF_INET6 if ":" in self._config.host else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((self._config.host, self._config.port))
            except OSError as failure:
                raise StartFailed(
                    f"{self._config.host}:{self._config.port} cannot be used: {failure.strerror}. "
                    "Choose another port with --port, or another address with --host."
                ) from None

    async def _come_up(self) -> None:
        await self._database()
        if self._stop.is_set():
            return
        sign_ins = await self._prepare()
        link = None if database.has_staff(self._config.database_url) else issue_link(self._config)
        for name in parts.PYTHON_PARTS:
            self._config.socket(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._supervisor.add(parts.python(name, self._config))
        if self._asterisk:
            self._supervisor.add(parts.asterisk(self._asterisk, self._config))
            self._supervisor.add(parts.python("voice", self._config))
        if self._wishes.reload:
            self._reloading = asyncio.create_task(reloading.watch(self._supervisor, self._journal))
        if await self._answers():
            seconds = time.monotonic() - self._begun
            banner.show(self._config, sign_ins=sign_ins, link=link, seconds=seconds)

    async def _database(self) -> None:
        if self._config.embedded:
            cluster = Cluster(self._config.postgres_folder)
            cluster.prepare()
            self._cluster = cluster
            self._supervisor.add(parts.postgres(cluster))
            await self._until(cluster.answers, DATABASE_SECONDS, "PostgreSQL did not start")
        try:
            database.ensure_database(self._config.database_url)
        except psycopg.Error as failure:
            raise StartFailed(f"The database cannot be reached: {str(failure).strip()}") from None

    async def _until(self, condition: Callable[[], bool], seconds: float, complaint: str) -> None:
        end = time.monotonic() + seconds
        while not self._stop.is_set() and not condition():
            if time.monotonic() > end:
                raise StartFailed(f"{complaint}; see {self._config.log_file}.")
            await asyncio.sleep(0.03)

    async def _prepare(self) -> list[list[str]]:
        wishes = self._wishes
        preparation = Preparation(self._config, self._journal, wishes.demo, wishes.trial_speed)
        try:
            return await preparation.done()
        except PreparationFailed as failure:
            raise StartFailed(str(failure)) from None

    async def _answers(self) -> bool:
        """Wait until a request comes back from the API through the front door."""
        end = time.monotonic() + ANSWER_SECONDS
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as session:
            while not self._stop.is_set():
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(f"{self._local()}/healthz") as answer:
                        if answer.status == 200:
                            return True
                if time.monotonic() > end:
                    raise StartFailed(f"The front door does not answer; see {self._config.log_file}.")
                await asyncio.sleep(0.05)
        return False

    def _local(self) -> str:
        """Return the address of the door itself, whatever proxy may stand before it."""
        return self._config.model_copy(update={"public_url": ""}).base_url


def _asterisk(config: Config) -> Asterisk | None:
    """Return the Asterisk to run, if calls are to be taken; refuse before anything has started."""
    if not config.voice:
        return None
    try:
        return located(config.asterisk)
    except AsteriskMissing as missing:
        raise StartFailed(str(missing)) from None


def _raise_limit() -> None:
    """Allow as many connections as the system lets us: each browser holds one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(most, OPEN_FILES)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
