"""What this room holds about people: nothing but ids; its texts name queues, media and outcomes."""

from __future__ import annotations

from shouwen.kit.privacy import not_personal

from .models import Interval, Ring, Segment, Visit

not_personal(Visit, "queue_code", "medium", "outcome")
not_personal(Segment, "queue_code", "medium")
not_personal(Ring, "queue_code", "medium")
not_personal(Interval, "queue_code", "medium")
