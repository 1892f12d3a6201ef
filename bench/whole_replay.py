"""Requests carried to their end per second in a replay, beside tickets created per second over HTTP in the same run."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from shouwen.project.replay import arrivals, reading
from shouwen.project.replay.command import PASSWORD
from shouwen.project.replay.product import Product, own_product
from shouwen.project.replay.progress import Progress
from shouwen.project.replay.report import Report, as_text
from shouwen.project.replay.run import Wishes, replay

from . import load
from .over_http import CLIENTS, SECONDS, WARM_SECONDS, creating, sign_in
from .parts import CannotMeasure, Part, judge

MESSAGES = "data/hotline_messages_zh/messages_with_official_reply.csv.gz"
CALLS = "data/anonymousbank_aug1999/calls.csv.gz"
SPEED, LIMIT, DAYS = 3000.0, 400, 6.0


def measure() -> Sequence[Part]:
    """Replay real messages, then create tickets alone on a fresh product."""
    wishes = _wishes()
    report = asyncio.run(_replayed(wishes))
    print(as_text(report))
    alone = asyncio.run(_created())
    broken = report.lost + report.doubled + report.ownerless + report.not_accepted
    return [
        judge(
            "replay",
            "carried",
            ours=report.carried_per_second,
            unit="/s",
            peer="tickets created over HTTP",
            peer_value=alone,
        ),
        judge("replay", "promise", ours=float(broken), unit="requests"),
    ]


def _wishes() -> Wishes:
    shared = os.environ.get("SHARED", "")
    if not shared:
        raise CannotMeasure(
            "Name the folder that holds data/ with SHARED=, for example make bench NAME=replay SHARED=…"
        )
    messages, calls = Path(shared) / MESSAGES, Path(shared) / CALLS
    for file in (messages, calls):
        if not file.is_file():
            raise CannotMeasure(f"{file} is not there. Name the folder that holds data/ with SHARED=.")
    return Wishes(
        messages=reading.read(messages, limit=int(os.environ.get("REQUESTS") or LIMIT)).messages,
        days=DAYS,
        profile=arrivals.read_profile(calls),
        password=PASSWORD,
    )


async def _replayed(wishes: Wishes) -> Report:
    async with own_product(speed=SPEED) as product:
        return await replay(product.url, wishes, log=product.log, say=Progress())


async def _created() -> float:
    async with own_product(speed=1) as product:
        return await asyncio.to_thread(_rate, product)


def _rate(product: Product) -> float:
    page, customer = sign_in(product.url)
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in page.cookies.items())}
    create = creating(headers | {"X-CSRFToken": page.cookies["csrftoken"]}, customer)
    address = ("127.0.0.1", int(product.url.rpartition(":")[2]))
    load.press(address, create, clients=CLIENTS, seconds=WARM_SECONDS)
    return load.press(address, create, clients=CLIENTS, seconds=SECONDS).rate
