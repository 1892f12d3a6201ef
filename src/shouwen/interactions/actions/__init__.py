"""Everything that may be done to a contact."""

from .completing import settle, write_completed, write_line
from .contacts import (
    close,
    end,
    journal,
    link_customer,
    make_months,
    move_to_queue,
    open,  # noqa: A004 - the field's word
)
from .messages import post_message, save_draft
from .records import add_reason, rate, save_service_record
from .wrap_up_codes import adopt_wrap_up_codes

__all__ = [
    "add_reason",
    "adopt_wrap_up_codes",
    "close",
    "end",
    "journal",
    "link_customer",
    "make_months",
    "move_to_queue",
    "open",
    "post_message",
    "rate",
    "save_draft",
    "save_service_record",
    "settle",
    "write_completed",
    "write_line",
]
