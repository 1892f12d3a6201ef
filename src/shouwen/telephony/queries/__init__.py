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
from .gateway import Due, Line, PhoneView, due, lines, phones, phones_changed_at
from .holders import OwnPhone, own_phone

__all__ = [
    "Box",
    "Boxed",
    "CallView",
    "Due",
    "LegView",
    "Line",
    "OwnPhone",
    "PhoneView",
    "boxed",
    "boxes",
    "call_of",
    "calling_numbers",
    "due",
    "is_call",
    "lines",
    "may_listen",
    "own_phone",
    "phones",
    "phones_changed_at",
    "require_reader",
]
