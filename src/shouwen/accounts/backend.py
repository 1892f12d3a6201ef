"""Who a session belongs to. Passwords are checked by the action that signs in, not here."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from shouwen.kit.prepared import Prepared, columns, fetched

from .models import Staff

_BY_ID = Prepared(lambda staff: Staff.objects.filter(id=staff).values_list(*columns(Staff)))


class StaffBackend(BaseBackend):
    """Reads a member of staff by the key that his session names."""

    def get_user(self, user_id: int) -> Staff | None:
        """Return him, or None when there is nobody of that key."""
        return fetched(Staff, _BY_ID(staff=user_id))
