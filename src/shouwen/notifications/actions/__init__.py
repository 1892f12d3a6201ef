"""What may be done about messages."""

from .notices import mark_all_read, mark_read
from .notify import notify
from .sending import SEND, deliver, rescue, resend

__all__ = ["SEND", "deliver", "mark_all_read", "mark_read", "notify", "rescue", "resend"]
