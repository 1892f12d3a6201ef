"""Start, pause, meet and miss promises of time; write, review and publish the rules they run under."""

from .clocks import cancel, meet, pause, resume, start, start_all
from .standard import follow_hours, install_standard
from .sweeping import Batch, breach_due, end_pauses, tell_due

__all__ = [
    "Batch",
    "breach_due",
    "cancel",
    "end_pauses",
    "follow_hours",
    "install_standard",
    "meet",
    "pause",
    "resume",
    "start",
    "start_all",
    "tell_due",
]
