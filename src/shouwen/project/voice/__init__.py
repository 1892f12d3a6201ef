"""Asterisk beside us: fetched without privileges, configured by us, run under the supervisor.

The product decides what a call is to do (`telephony`); this package only brings the media server and its settings.
"""

from .asterisk import LEAST, Asterisk, AsteriskMissing, located
from .configuration import APP, Line, configure, line_of
from .fetching import FetchFailed, fetch, told
from .speaking import Voice

__all__ = [
    "APP",
    "LEAST",
    "Asterisk",
    "AsteriskMissing",
    "FetchFailed",
    "Line",
    "Voice",
    "configure",
    "fetch",
    "line_of",
    "located",
    "told",
]
