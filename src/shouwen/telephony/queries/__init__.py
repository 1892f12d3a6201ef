"""What other rooms and the gateway may ask about calls."""

from .calls import (
    Box,
    Boxed,
    CallView,
    LegView,
    boxed,
    boxes,
    call_of,
    calling_numbers,
    is_call,
    may_listen,
    require_reader,
)
from .dialling import dial_rules, dial_rules_content
from .gateway import Due, Line, PhoneView, due, lines, phones, phones_as_of
from .holders import OwnPhone, own_phone
from .phone_book import PHONE, phone_book
from .ports import (
    OnLine,
    Refused,
    ServerView,
    TrunkView,
    entered_count,
    on_line,
    port_levels,
    ports_installed,
    refused,
    servers,
)

__all__ = [
    "PHONE",
    "Box",
    "Boxed",
    "CallView",
    "Due",
    "LegView",
    "Line",
    "OnLine",
    "OwnPhone",
    "PhoneView",
    "Refused",
    "ServerView",
    "TrunkView",
    "boxed",
    "boxes",
    "call_of",
    "calling_numbers",
    "dial_rules",
    "dial_rules_content",
    "due",
    "entered_count",
    "is_call",
    "lines",
    "may_listen",
    "on_line",
    "own_phone",
    "phone_book",
    "phones",
    "phones_as_of",
    "port_levels",
    "ports_installed",
    "refused",
    "require_reader",
    "servers",
]
