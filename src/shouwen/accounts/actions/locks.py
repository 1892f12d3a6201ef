"""Which rows and which changes wait for one another."""

from __future__ import annotations

from django.db import connection

from shouwen.kit.principals import Principal

from ..errors import StaffNotFound
from ..models import Staff


def one_change_of_access_at_a_time() -> None:
    """Let changes wait here that together could leave nobody who gives access, or nobody who covers."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('accounts.cover'))")


def locked_staff(staff_id: int, by: Principal) -> Staff:
    """Return the row of somebody inside the data scope, locked."""
    row = Staff.objects.select_for_update(no_key=True).filter(id=staff_id).first()
    if row is None or not by.sees(row.organisation_id):
        raise StaffNotFound(number=staff_id)
    return row
