"""Everything that may be done in a call, and everything its media server tells us."""

from .arriving import arrive, notice_over
from .ending import complete, hang_up, leg_gone
from .following import follow_move, inherit
from .instructing import carried_out
from .laying_aside import give_up_lost, hold, phone_back, phone_gone, resume
from .phones import Credentials, leave_phone, leave_seat, open_line, set_phone, set_seat_phone, take_phone, use_browser
from .recording import keep_recording
from .ringing import agent_answers, refuse_answer, ring, stop_ringing
from .serving import link_customer, save_service_record, transfer

__all__ = [
    "Credentials",
    "agent_answers",
    "arrive",
    "carried_out",
    "complete",
    "follow_move",
    "give_up_lost",
    "hang_up",
    "hold",
    "inherit",
    "keep_recording",
    "leave_phone",
    "leave_seat",
    "leg_gone",
    "link_customer",
    "notice_over",
    "open_line",
    "phone_back",
    "phone_gone",
    "refuse_answer",
    "resume",
    "ring",
    "save_service_record",
    "set_phone",
    "set_seat_phone",
    "stop_ringing",
    "take_phone",
    "transfer",
    "use_browser",
]
