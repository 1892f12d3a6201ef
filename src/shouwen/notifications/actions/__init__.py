"""What may be done about messages."""

from .notices import choose_notices, mark_all_read, mark_read
from .notify import notify
from .sending import resend, send_due

__all__ = ["choose_notices", "mark_all_read", "mark_read", "notify", "resend", "send_due"]
