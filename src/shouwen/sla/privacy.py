"""This room holds nothing about people: clocks, known by name and number."""

from __future__ import annotations

from shouwen.kit.privacy import not_personal

from .models import Deadline, Pause

not_personal(Deadline, "subject", "metric", "policy", "facets", "calendar", "ladder", "told")
not_personal(Pause, "reason", "ended_by")
