"""What other rooms may ask about promises of time."""

from .clocks import OPEN, RUNNING, Clock, of, overdue_ids, running_subjects
from .in_force import Chosen, Held, chosen, usual_limits, working_calendar
from .terms import Terms, terms_of

__all__ = [
    "OPEN",
    "RUNNING",
    "Chosen",
    "Clock",
    "Held",
    "Terms",
    "chosen",
    "of",
    "overdue_ids",
    "running_subjects",
    "terms_of",
    "usual_limits",
    "working_calendar",
]
