"""Everything that may be done in a written conversation."""

from .ending import ask_callback, complete, customer_leaves, end
from .following import follow_move, inherit
from .opening import register_contact, start_chat
from .patience import end_silent, give_up_gone, warn_silent
from .serving import answer, link_customer, save_draft, save_service_record, transfer
from .talking import agent_says, customer_says, customer_seen, rate
from .topics import remove_topic, set_topic
from .visitors import visitor_signed_in

__all__ = [
    "agent_says",
    "answer",
    "ask_callback",
    "complete",
    "customer_leaves",
    "customer_says",
    "customer_seen",
    "end",
    "end_silent",
    "follow_move",
    "give_up_gone",
    "inherit",
    "link_customer",
    "rate",
    "register_contact",
    "remove_topic",
    "save_draft",
    "save_service_record",
    "set_topic",
    "start_chat",
    "transfer",
    "visitor_signed_in",
    "warn_silent",
]
