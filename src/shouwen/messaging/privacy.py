"""This room holds keys of sessions and words of ours; what was said lies with interactions."""

from __future__ import annotations

from shouwen.kit.privacy import not_personal

from .models import Chat, Topic

not_personal(Chat, "access_key", "language")
not_personal(Topic, "code", "zh", "en", "queue_code")
