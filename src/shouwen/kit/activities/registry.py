"""The list of activities, declared by the rooms."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from shouwen.kit.permissions import declare

from .errors import UnknownActivity

VIEW = declare(
    "kit.activities.view",
    zh="查看活动清单",
    en="See the list of activities",
    default_for=("system_management",),
)
SETTLE = declare(
    "kit.activities.settle",
    zh="人工办理未完成的活动",
    en="Finish activities by hand",
    default_for=("system_management",),
)
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Run:
    """What an activity knows of the run it serves: its token, should it answer later, and which try this is."""

    id: int
    token: str
    key: str
    attempt: int


@dataclass(frozen=True)
class Later:
    """The answer will come by the run's token."""


@dataclass(frozen=True)
class Activity:
    """Something a room offers. `fallback_zh` and `fallback_en` tell a person what to do when the machine cannot."""

    code: str
    zh: str
    en: str
    work: Callable[[Any, Run], Any]
    takes: type[BaseModel]
    gives: type[BaseModel]
    timeout: timedelta
    retries: int
    fallback_zh: str
    fallback_en: str


ACTIVITIES: dict[str, Activity] = {}


def activity(
    code: str, *, zh: str, en: str, timeout: timedelta, retries: int = 0, fallback: tuple[str, str]
) -> Callable[[F], F]:
    """Offer a function as an activity; its input and output types are those it is annotated with."""

    def offer(work: F) -> F:
        takes, gives = _types(work)
        ACTIVITIES[code] = Activity(code, zh, en, work, takes, gives, timeout, retries, *fallback)
        return work

    return offer


def activity_of(code: str) -> Activity:
    """Return an activity; refuse what no room offers."""
    if code not in ACTIVITIES:
        raise UnknownActivity(code=code[:60])
    return ACTIVITIES[code]


def _types(work: Callable[..., Any]) -> tuple[type[BaseModel], type[BaseModel]]:
    """Read input and output from the annotations: `(SomeInput, Run) -> SomeOutput`, or `SomeOutput | Later`."""
    hints = get_type_hints(work)
    first = next(iter(inspect.signature(work).parameters))
    answered = hints["return"]
    parts = get_args(answered) if get_origin(answered) in (Union, _UNION) else (answered,)
    gives = next(part for part in parts if part is not Later)
    return hints[first], gives


_UNION = type(int | str)
