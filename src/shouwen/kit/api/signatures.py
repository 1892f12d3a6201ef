"""Keeping an endpoint's typed parameters visible through a decorator."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


def show(wrapper: Callable[..., Any], endpoint: Callable[..., Any]) -> None:
    """Give `wrapper` the resolved signature of `endpoint`, whose annotations belong to another module."""
    wrapper.__signature__ = inspect.signature(endpoint, eval_str=True)  # type: ignore[attr-defined]
