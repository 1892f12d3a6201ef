"""Everything that may be done to queues, seats and waiting contacts."""

from ..rules.callbacks import Again
from .adopting import adopt_published, adopt_rules
from .callbacks import (
    ask_callback,
    inherit_callbacks,
    make_callback,
    open_due_callbacks,
    report_callback,
    settle_callback,
    take_callback,
)
from .floor import announce, borrow, pull, return_loans, withdraw_announcement
from .leading import pause_queue, set_skill, set_skills
from .matching import ready, route, sweep, sweep_domain
from .nuisances import appeal_nuisance, decide_appeal, inherit_appeals, lift_nuisance, mark_nuisance
from .outbound import begin
from .qualifying import keep_qualified
from .requests import abandon, request
from .seats import CAPACITY, open_seat, seen, set_presence
from .serving import accept_offer, complete_wrap_up, decline_offer, finish
from .setting_up import add_queue, add_skill, take_back_queue
from .shaping import shape_queue
from .transfers import hand_over, return_to_queue, transfer

__all__ = [
    "CAPACITY",
    "Again",
    "abandon",
    "accept_offer",
    "add_queue",
    "add_skill",
    "adopt_published",
    "adopt_rules",
    "announce",
    "appeal_nuisance",
    "ask_callback",
    "begin",
    "borrow",
    "complete_wrap_up",
    "decide_appeal",
    "decline_offer",
    "finish",
    "hand_over",
    "inherit_appeals",
    "inherit_callbacks",
    "keep_qualified",
    "lift_nuisance",
    "make_callback",
    "mark_nuisance",
    "open_due_callbacks",
    "open_seat",
    "pause_queue",
    "pull",
    "ready",
    "report_callback",
    "request",
    "return_loans",
    "return_to_queue",
    "route",
    "seen",
    "set_presence",
    "set_skill",
    "set_skills",
    "settle_callback",
    "shape_queue",
    "sweep",
    "sweep_domain",
    "take_back_queue",
    "take_callback",
    "transfer",
    "withdraw_announcement",
]
