"""What may be done about data-rights requests."""

from .asking import ask
from .carrying_out import carry_out_due, forget_packages, hand_over
from .deciding import correct, grant_access, refuse, restrict, schedule_erasure

__all__ = [
    "ask",
    "carry_out_due",
    "correct",
    "forget_packages",
    "grant_access",
    "hand_over",
    "refuse",
    "restrict",
    "schedule_erasure",
]
