"""Everything that may be done to queues, seats and waiting contacts."""

from .leading import pause_queue, set_skill, set_skills
from .matching import ready, route, sweep, sweep_domain
from .requests import abandon, request
from .seats import open_seat, seen, set_presence
from .serving import accept_offer, complete_wrap_up, decline_offer, finish
from .setting_up import add_queue, add_skill
from .shaping import shape_queue
from .transfers import transfer

__all__ = [
    "abandon",
    "accept_offer",
    "add_queue",
    "add_skill",
    "complete_wrap_up",
    "decline_offer",
    "finish",
    "open_seat",
    "pause_queue",
    "ready",
    "request",
    "route",
    "seen",
    "set_presence",
    "set_skill",
    "set_skills",
    "shape_queue",
    "sweep",
    "sweep_domain",
    "transfer",
]
