"""One whole Shouwen on this machine: its database, its processes, and the order in which they come up."""

from __future__ import annotations

from .start import Installation, StartFailed, Wishes

__all__ = ["Installation", "StartFailed", "Wishes"]
