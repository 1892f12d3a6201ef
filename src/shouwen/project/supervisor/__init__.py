"""Keeps the processes of an installation running: starts them, brings back what dies, stops them cleanly."""

from __future__ import annotations

from .child import Child, Launch
from .journal import Journal
from .keeper import AlreadyRunning, Supervisor, running_supervisor

__all__ = ["AlreadyRunning", "Child", "Journal", "Launch", "Supervisor", "running_supervisor"]
