"""A command from outside is done once, however often it is sent."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError, connection

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import PASSWORD, staff, staff_client
from shouwen.kit import audit
from shouwen.kit.api import commands_effects
from shouwen.kit.models import AuditRow, Command
from shouwen.kit.principals import SYSTEM


def registration(number: str, organisation_id: int) -> dict[str, object]:
    return {
        "number": number,
        "name": "沈佳",
        "password": PASSWORD,
        "organisation_id": organisation_id,
        "roles": ["back_office"],
    }


@pytest.mark.django_db
def test_a_repeat_gets_the_same_answer_and_changes_nothing() -> None:
    admin = staff("1", "system_management")
    client = staff_client(admin)
    body = registration("8022", admin.organisation_id)
    first = client.post("/api/staff", body, key="press-0001")
    second = client.post("/api/staff", body, key="press-0001")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Staff.objects.filter(number="8022").count() == 1


@pytest.mark.django_db
def test_a_key_used_for_another_body_is_refused() -> None:
    admin = staff("1", "system_management")
    client = staff_client(admin)
    client.post("/api/staff", registration("8022", admin.organisation_id), key="press-0001")
    other = client.post("/api/staff", registration("8023", admin.organisation_id), key="press-0001")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert not Staff.objects.filter(number="8023").exists()


@pytest.mark.django_db
def test_a_command_without_a_key_is_refused_naming_the_header() -> None:
    admin = staff("1", "system_management")
    answer = staff_client(admin).post("/api/staff", registration("8022", admin.organisation_id), key="x")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")


@pytest.mark.django_db
def test_a_refused_command_leaves_no_key_and_may_be_sent_again() -> None:
    admin = staff("1", "system_management")
    client = staff_client(admin)
    weak = registration("8022", admin.organisation_id) | {"password": "12345"}
    assert client.post("/api/staff", weak, key="press-0001").status_code == 422
    good = registration("8022", admin.organisation_id)
    assert client.post("/api/staff", good, key="press-0001").status_code == 201
    assert Command.objects.count() == 1


@pytest.mark.django_db
def test_the_audit_names_the_command_that_caused_it() -> None:
    admin = staff("1", "system_management")
    staff_client(admin).post("/api/staff", registration("8022", admin.organisation_id))
    row = AuditRow.objects.get(verb="accounts.staff.open")
    assert (row.principal, row.command_id) == (f"staff:{admin.id}", Command.objects.get().id)
    assert commands_effects() == []


@pytest.mark.django_db
def test_an_acknowledged_command_without_effect_is_found_as_lost() -> None:
    Command.objects.create(
        principal="staff:1",
        key="k",
        operation="POST /x",
        fingerprint="",
        status=201,
        recorded_at="2026-11-23T00:00Z",
    )
    assert [fault.kind for fault in commands_effects()] == ["lost"]


@pytest.mark.django_db
def test_a_command_that_opened_two_of_a_kind_is_found_as_doubled_and_one_of_each_is_not() -> None:
    for number, verbs in enumerate((["interactions.open", "tickets.open"], ["tickets.open", "tickets.open"])):
        row = Command.objects.create(
            principal="staff:1",
            key=f"k{number}",
            operation=f"POST /{number}",
            fingerprint="",
            status=201,
            recorded_at="2026-11-23T00:00Z",
        )
        token = audit.current_command.set(row.id)
        for subject_id, verb in enumerate(verbs):
            audit.record(SYSTEM, verb, subject="thing", subject_id=subject_id)
        audit.current_command.reset(token)
    assert [(fault.kind, fault.operation) for fault in commands_effects()] == [("doubled", "POST /1")]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_have_one_effect() -> None:
    admin = staff("1", "system_management")
    body, answers = registration("8022", admin.organisation_id), []
    clients = [staff_client(admin) for _ in range(4)]

    def press(client: object) -> None:
        answers.append(client.post("/api/staff", body, key="press-0001"))  # type: ignore[attr-defined]
        connection.close()

    threads = [threading.Thread(target=press, args=[c]) for c in clients]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert [a.status_code for a in answers] == [201] * 4
    assert {a.json()["id"] for a in answers} == {Staff.objects.get(number="8022").id}


@pytest.mark.django_db
def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError("the connection is lost")

    client = staff_client(staff("1", "system_management"))
    monkeypatch.setattr("shouwen.accounts.queries.roles", gone)
    answer = client.get("/api/roles")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "database-away", "1")
