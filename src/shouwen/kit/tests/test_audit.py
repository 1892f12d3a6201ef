"""The audit trail cannot be changed unseen."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.models import AuditRow
from shouwen.kit.principals import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@action
def note(number: int) -> None:
    audit.record(SYSTEM, "test.note", subject="thing", subject_id=number, 说明="测试")


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("set session_replication_role = default")


def test_sealing_chains_every_committed_row_once() -> None:
    for number in range(3):
        note(number)
    assert (audit.seal(), audit.seal()) == (3, 0)
    assert audit.verify() == audit.Verification(3, 0, None, ())


def test_an_unsealed_row_is_counted_with_its_age() -> None:
    note(1)
    found = audit.verify()
    assert (found.unsealed, found.oldest_unsealed) == (1, AuditRow.objects.get().recorded_at)


def test_the_database_refuses_to_change_or_remove_a_row() -> None:
    note(1)
    for change in ({"verb": "test.other"},):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            AuditRow.objects.update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditRow.objects.all().delete()


def test_a_changed_row_breaks_the_chain_where_it_stands() -> None:
    for number in range(3):
        note(number)
    audit.seal()
    victim = AuditRow.objects.get(subject_id=1).id
    tamper(f"update kit_audit set principal = 'staff:666' where id = {victim}")
    assert audit.verify().faults == (f"break: row {victim} does not match link 2",)


def test_a_removed_link_shows_as_a_gap() -> None:
    for number in range(3):
        note(number)
    audit.seal()
    tamper("delete from kit_audit_seal where number = 2")
    assert audit.verify().faults[0] == "gap: link 2 is missing"


def test_a_signed_head_shows_a_chain_rewritten_from_the_start() -> None:
    note(1)
    audit.seal()
    kept = audit.head(b"key")
    assert kept is not None
    assert audit.matches(kept, b"key")
    assert not audit.matches(kept, b"another key")
    tamper("update kit_audit_seal set digest = repeat('f', 64)")
    assert not audit.matches(kept, b"key")
