"""The one way state changes: a named, all-or-nothing business verb."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")
_depth: ContextVar[int] = ContextVar("action_depth", default=0)


def action(verb: Callable[P, R]) -> Callable[P, R]:
    """Run `verb` all or nothing: alone in a transaction, or as part of the action calling it.

    The outermost action insists on being the outermost transaction too (`durable`), so that
    returning from it means the change is kept. A verb called by another verb shares its fate.
    """

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outermost = _depth.get() == 0
        token = _depth.set(_depth.get() + 1)
        try:
            with transaction.atomic(durable=outermost, savepoint=outermost):
                return verb(*args, **kwargs)
        finally:
            _depth.reset(token)

    return run


def in_action() -> bool:
    """Tell whether an action is open in this thread."""
    return _depth.get() > 0


def after_commit(follow_up: Callable[[], object]) -> None:
    """Run `follow_up` once the outermost action is committed, outside any transaction.

    A failing follow-up is logged, not raised: the change it follows is already kept, and every
    follow-up has a sweeper that does its work later.
    """
    transaction.on_commit(lambda: _outside_actions(follow_up), robust=True)


def _outside_actions(follow_up: Callable[[], object]) -> None:
    token = _depth.set(0)
    try:
        follow_up()
    finally:
        _depth.reset(token)


def forbid_inside_action(what: str) -> None:
    """Raise if an action is open: a transaction must never wait for another machine."""
    if in_action():
        raise RuntimeError(f"{what} inside an action; defer it to a job")


def forbid_inside_transaction(what: str) -> None:
    """Raise if any transaction is open: `what` takes locks of its own and must hold them alone."""
    if connection.in_atomic_block:
        raise RuntimeError(f"{what} inside a transaction; use after_commit")
