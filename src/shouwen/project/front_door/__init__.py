"""The front door: one port for browsers. Built files, `/live` to the live process, the API to web.

It keeps no state, so it may be killed at any moment; and it bridges the moments in which web or live are gone.
"""

from __future__ import annotations

from .application import Upstreams, build

__all__ = ["Upstreams", "build"]
