"""The first administrator: a link that works once, made where nobody has an account yet.

Only the token's digest is kept, in the data folder for its owner. Whoever can read the console of the first start
may make the administrator; nobody else can.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from shouwen.kernel.errors import DomainError

from .config import Config, load
from .keys import private_folder, write_private

R = TypeVar("R")
VALID_SECONDS = 24 * 3600
PAGE = "/set-up"


class FirstStartRefused(DomainError):
    """The link was used, is too old or never was."""

    code = "first-start-refused"
    status = 403
    zh = "这个链接已使用或已过期。请重新启动系统，使用控制台上新打印的链接。"
    en = "This link was used or has expired. Restart Shouwen and use the new link on its console."


def issue_link(config: Config | None = None) -> str:
    """Return a new link that creates the administrator; an earlier one stops working."""
    config = config or load()
    token = secrets.token_urlsafe(32)
    note = {"digest": _digest(token), "until": time.time() + VALID_SECONDS}
    private_folder(_file(config).parent)
    write_private(_file(config), json.dumps(note))
    return f"{config.base_url}{PAGE}?token={token}"


def is_good(token: str) -> bool:
    """Tell whether a link still works."""
    try:
        return _good(_file(load()).read_text(), token)
    except OSError:
        return False


def withdraw(config: Config) -> None:
    """Let the present link work no longer."""
    _file(config).unlink(missing_ok=True)


def redeem(token: str, create: Callable[[], R]) -> R:
    """Run `create` if the token is good, once: the link is spent exactly when `create` succeeded."""
    file = _file(load())
    if not file.exists():
        raise FirstStartRefused
    with file.open() as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        if not (file.exists() and _good(note.read(), token)):
            raise FirstStartRefused
        made = create()
        file.unlink(missing_ok=True)
    return made


def _file(config: Config) -> Path:
    return config.data / "keys" / "first_start.json"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _good(text: str, token: str) -> bool:
    note = json.loads(text)
    return hmac.compare_digest(str(note["digest"]), _digest(token)) and time.time() < float(note["until"])
