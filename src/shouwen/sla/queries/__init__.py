"""What other rooms may ask about promises of time."""

from .clocks import OPEN, RUNNING, Clock, next_due, of, overdue_ids, running_of_kinds, running_subjects
from .explaining import Explained, explained, preview
from .in_force import Chosen, Held, calendar_names, chosen, usual_limits, working_calendar
from .lists import RuleCard, VersionCard, rules
from .terms import Terms, terms_of

__all__ = [
    "OPEN",
    "RUNNING",
    "Chosen",
    "Clock",
    "Explained",
    "Held",
    "RuleCard",
    "Terms",
    "VersionCard",
    "calendar_names",
    "chosen",
    "explained",
    "next_due",
    "of",
    "overdue_ids",
    "preview",
    "rules",
    "running_of_kinds",
    "running_subjects",
    "terms_of",
    "usual_limits",
    "working_calendar",
]
