"""ClamAV's daemon, which looks files over as they come in."""

from .scanner import ClamAv

__all__ = ["ClamAv"]
