"""This room holds ids only: who answers for what."""

from __future__ import annotations

from shouwen.kit.privacy import not_personal

from .models import Responsibility, ResponsibilityChange

not_personal(Responsibility, "subject")
not_personal(ResponsibilityChange, "verb", "by", "waits_on")
