"""What may be done about customers."""

from shouwen.customers import rules

from .codes import IssuedCode, arm_sign_in_code, issue_sign_in_code, request_sign_in_code
from .consents import record_consent
from .links import issue_link, revoke_links
from .looks import Revealed, look_at, look_at_timeline, look_for_duplicates, look_up, note_restricted_look, reveal
from .parties import ContactIn, add_contact, change_sign_in, register, remove_contact, take_back, update
from .pins import check_service_pin, set_service_pin
from .restricting import lift_restriction, restrict
from .sessions import (
    SignIn,
    forget_expired,
    keep_session,
    open_visitor_session,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from .timeline import write_timeline

CODE_LIFE = rules.CODE_LIFE
SESSION_LONGEST = rules.CUSTOMER_LONGEST

__all__ = [
    "CODE_LIFE",
    "SESSION_LONGEST",
    "ContactIn",
    "IssuedCode",
    "Revealed",
    "SignIn",
    "add_contact",
    "arm_sign_in_code",
    "change_sign_in",
    "check_service_pin",
    "forget_expired",
    "issue_link",
    "issue_sign_in_code",
    "keep_session",
    "lift_restriction",
    "look_at",
    "look_at_timeline",
    "look_for_duplicates",
    "look_up",
    "note_restricted_look",
    "open_visitor_session",
    "record_consent",
    "register",
    "remove_contact",
    "request_sign_in_code",
    "restrict",
    "reveal",
    "revoke_links",
    "set_service_pin",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "take_back",
    "update",
    "write_timeline",
]
