"""What this room holds about people: nothing but ids; its texts name rules, subjects and queues."""

from __future__ import annotations

from shouwen.kit.privacy import not_personal

from .models import Alert, Limit

not_personal(Limit, "kind")
not_personal(Alert, "kind", "subject", "queue_code")
