"""Everything that may be done to a ticket."""

from .calls import note_call
from .care import escalate, follow_up, run_on, tell
from .closing import cancel, close, close_unreached, confirm, record_contact_attempt, reopen
from .compensation import COMPENSATION, ask_compensation, compensation_decided
from .customer import supplement, urge
from .files import add_files
from .hand_over import accept_hand_over, decline_hand_over, offer_hand_over
from .handling import assign, note, resolve, take
from .opening import TicketRef, open_ticket
from .policies import route_category, set_kind_policy
from .waiting import hold, resume, wait_for_customer

__all__ = [
    "COMPENSATION",
    "TicketRef",
    "accept_hand_over",
    "add_files",
    "ask_compensation",
    "assign",
    "cancel",
    "close",
    "close_unreached",
    "compensation_decided",
    "confirm",
    "decline_hand_over",
    "escalate",
    "follow_up",
    "hold",
    "note",
    "note_call",
    "offer_hand_over",
    "open_ticket",
    "record_contact_attempt",
    "reopen",
    "resolve",
    "resume",
    "route_category",
    "run_on",
    "set_kind_policy",
    "supplement",
    "take",
    "tell",
    "urge",
    "wait_for_customer",
]
