"""Live push: facts to the browsers that may hear them, with exact replay after a break."""

from .hub import Hub
from .server import Identity, LiveApplication

__all__ = ["Hub", "Identity", "LiveApplication"]
