"""Everything that may be done in a call, and everything its media server tells us."""

from .arriving import arrive, notice_over
from .ending import complete, hang_up, leg_gone
from .following import follow_move, inherit
from .instructing import carried_out
from .phones import set_phone
from .recording import keep_recording
from .ringing import agent_answers, refuse_answer, ring, stop_ringing
from .serving import link_customer, save_service_record, transfer

__all__ = [
    "agent_answers",
    "arrive",
    "carried_out",
    "complete",
    "follow_move",
    "hang_up",
    "inherit",
    "keep_recording",
    "leg_gone",
    "link_customer",
    "notice_over",
    "refuse_answer",
    "ring",
    "save_service_record",
    "set_phone",
    "stop_ringing",
    "transfer",
]
