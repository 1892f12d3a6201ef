"""Each rule catches what it was made for and leaves the rest alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint.rules import offences


@pytest.mark.parametrize(
    ("name", "source", "caught"),
    [
        ("shouwen/tickets/api/endpoints.py", "Ticket.objects.filter(id=1).update(state='closed')", True),
        ("shouwen/tickets/actions/moves.py", "Ticket.objects.filter(id=1).update(state='closed')", False),
        ("shouwen/tickets/rules.py", "{}.update(a=1)", False),
        ("shouwen/tickets/subscribers.py", "@receiver(saved)\ndef f(): ...", True),
        ("shouwen/desk/queries.py", "apps.get_model('tickets', 'Ticket')", True),
        ("shouwen/sla/actions.py", "timezone.now()", True),
        ("shouwen/sla/actions.py", "clock.now()", False),
        ("shouwen/sla/queries.py", "cursor.execute('select * from sla_deadline where due_at < now()')", True),
        ("shouwen/project/doctor.py", "cursor.execute('select now()')", False),
    ],
)
def test_a_rule_catches_its_offence_and_nothing_else(tmp_path: Path, name: str, source: str, caught: bool) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(source)
    assert bool(list(offences(path))) is caught
