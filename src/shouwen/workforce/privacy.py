"""What this room holds about people: nothing but ids of staff and times."""

from __future__ import annotations

from shouwen.kit.privacy import not_personal

from .models import Shift

not_personal(Shift, "activity")
