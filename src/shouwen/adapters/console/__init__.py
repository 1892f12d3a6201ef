"""The console: messages become lines in the log. For the demo and for development; nothing leaves the machine."""

from .transport import ConsoleTransport

__all__ = ["ConsoleTransport"]
