"""Everything that may be done in a call, and everything its media server tells us."""

from .arriving import arrive, notice_over
from .carrying_out import all_carried_out, begin_calling, carried_out
from .consulting import consult, end_consult, pass_on, return_to_queue, ring_asked, stop_ringing_asked
from .dial_rules import set_dial_rules
from .dialling import About, customer_answers, customer_rings, dial, dial_back
from .ending import complete, hang_up, leg_gone
from .following import follow_move, inherit
from .laying_aside import give_up_lost, hold, phone_back, phone_gone, resume
from .pausing import pause_over, pause_recording, resume_recording
from .phone_book import add_phone, change_phone, note_registered, renew_secret, retire_phone
from .phones import Credentials, leave_phone, leave_seat, open_line, set_phone, set_seat_phone, take_phone, use_browser
from .ports import note_refused, report
from .recording import keep_recording
from .ringing import agent_answers, refuse_answer, ring, ring_offered, stop_ringing
from .serving import link_customer, save_service_record, transfer
from .waiting import press_key, tell_place

__all__ = [
    "About",
    "Credentials",
    "add_phone",
    "agent_answers",
    "all_carried_out",
    "arrive",
    "begin_calling",
    "carried_out",
    "change_phone",
    "complete",
    "consult",
    "customer_answers",
    "customer_rings",
    "dial",
    "dial_back",
    "end_consult",
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
    "note_refused",
    "note_registered",
    "notice_over",
    "open_line",
    "pass_on",
    "pause_over",
    "pause_recording",
    "phone_back",
    "phone_gone",
    "press_key",
    "refuse_answer",
    "renew_secret",
    "report",
    "resume",
    "resume_recording",
    "retire_phone",
    "return_to_queue",
    "ring",
    "ring_asked",
    "ring_offered",
    "save_service_record",
    "set_dial_rules",
    "set_phone",
    "set_seat_phone",
    "stop_ringing",
    "stop_ringing_asked",
    "take_phone",
    "tell_place",
    "transfer",
    "use_browser",
]
