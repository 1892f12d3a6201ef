"""The gateway to Asterisk: carries out what calls need there, and tells what happened there.

It decides nothing. Whatever it knows is in PostgreSQL or in Asterisk, so it may be killed and started anew at any
moment, and a standby may take its place.
"""

from .client import Ari, AriLost, AriRefused
from .gateway import Gateway, Replaced

__all__ = ["Ari", "AriLost", "AriRefused", "Gateway", "Replaced"]
