"""Conversations whose contact a leader moves, and those of somebody who left: nothing is stuck, nobody is offered a
ghost.
"""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.interactions import queries as contacts
from shouwen.kit import clock
from shouwen.kit.api import commands_effects
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import deliver
from shouwen.messaging import actions, jobs
from shouwen.messaging.errors import NobodyAnswersYet
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla

from . import scene
from .scene import by, key

pytestmark = pytest.mark.django_db(transaction=True)


def moved_by_leader(interaction_id: int, queue_code: str = "broadband") -> None:
    """Let the duty leader move a contact over HTTP."""
    item = routing.work_of("conversation", [interaction_id])[interaction_id]
    answer = staff_client(staff("8001")).post(f"/api/work/{item.id}/move", {"queue_code": queue_code})
    assert answer.status_code == 200


def running(interaction_id: int) -> list[str]:
    """Return the clocks that run."""
    return [c.metric for c in sla.of("conversation", [interaction_id])[interaction_id] if c.open]


def test_a_served_conversation_that_a_leader_moves_waits_for_the_other_queue():
    scene.open_house()
    first, second = scene.agent("8021"), scene.agent("8022", skills=("broadband",))
    interaction_id = scene.served(first)
    moved_by_leader(interaction_id)
    deliver()
    duty = responsibility.of("conversation", [interaction_id])[interaction_id]
    assert (duty.owner_id, duty.handler_id, running(interaction_id)) == (first.id, None, ["answer"])
    assert contacts.conversation(interaction_id).queue_code == "broadband"
    with pytest.raises(NobodyAnswersYet):
        actions.end(by=by(first), interaction_id=interaction_id)
    actions.answer(by=by(second), work_item_id=scene.offer_of(second, interaction_id))
    assert (scene.chat(interaction_id).staff_id, running(interaction_id)) == (second.id, ["handling"])


def test_who_answers_before_the_news_of_the_move_keeps_the_conversation():
    scene.open_house()
    first, second = scene.agent("8021"), scene.agent("8022", skills=("broadband",))
    interaction_id = scene.served(first)
    moved_by_leader(interaction_id)
    actions.answer(by=by(second), work_item_id=scene.offer_of(second, interaction_id))
    deliver()
    assert scene.chat(interaction_id).staff_id == second.id
    assert contacts.conversation(interaction_id).queue_code == "broadband"


def test_a_conversation_that_ends_while_it_is_moved_is_offered_to_nobody():
    scene.open_house()
    first, second = scene.agent("8021"), scene.agent("8022", skills=("broadband",))
    interaction_id = scene.served(first)
    moved_by_leader(interaction_id)
    actions.end(by=by(first), interaction_id=interaction_id)
    deliver()
    assert routing.offers_of(second.id) == []
    scene.noted(first, interaction_id)
    actions.complete(by=by(first), interaction_id=interaction_id)
    assert contacts.conversation(interaction_id).state == "closed"


def test_a_waiting_conversation_that_a_leader_moves_goes_on_waiting():
    scene.open_house()
    interaction_id = scene.write(scene.visitor())
    moved_by_leader(interaction_id)
    deliver()
    assert (contacts.conversation(interaction_id).queue_code, running(interaction_id)) == ("broadband", ["answer"])


def test_who_covers_somebody_who_left_goes_on_with_his_conversations():
    scene.open_house()
    leaver, cover = scene.agent("8021"), scene.agent("8022")
    talking, to_write_up = scene.served(leaver), scene.served(leaver)
    actions.end(by=by(leaver), interaction_id=to_write_up)
    admin = staff_client(staff("1", "system_management"))
    admin.patch(f"/api/staff/{leaver.id}", {"active": False, "covered_by": cover.id})
    deliver()
    duty = responsibility.of("conversation", [talking])[talking]
    assert (duty.owner_id, duty.handler_id) == (cover.id, cover.id)
    actions.agent_says(by=by(cover), interaction_id=talking, body="我来为您处理", client_key=key())
    actions.end(by=by(cover), interaction_id=talking)
    for interaction_id in (talking, to_write_up):
        scene.noted(cover, interaction_id)
        actions.complete(by=by(cover), interaction_id=interaction_id)
    assert {contacts.conversation(i).state for i in (talking, to_write_up)} == {"closed"}


def test_an_inherited_conversation_can_be_transferred():
    scene.open_house()
    leaver, cover = scene.agent("8021"), scene.agent("8022")
    interaction_id = scene.served(leaver)
    admin = staff_client(staff("1", "system_management"))
    admin.patch(f"/api/staff/{leaver.id}", {"active": False, "covered_by": cover.id})
    deliver()
    actions.transfer(by=by(cover), interaction_id=interaction_id, queue_code="broadband")
    assert routing.work_of("conversation", [interaction_id])[interaction_id].queue_code == "broadband"


def test_naming_the_same_customer_twice_is_no_lost_command():
    scene.open_house()
    agent, who = scene.agent(), scene.customer()
    interaction_id = scene.served(agent)
    address = f"/api/desk/conversations/{contacts.conversation(interaction_id).public_id}/customer"
    client = staff_client(agent)
    assert [client.post(address, {"customer_id": who.id}).status_code for _ in range(2)] == [200, 200]
    assert commands_effects() == []


def test_the_same_words_sent_again_after_signing_in_are_no_lost_command():
    scene.open_house()
    visitor, customer, press = scene.visitor(), scene.customer(), key()
    interaction_id = scene.write(visitor)
    before = actions.customer_says(by=visitor, interaction_id=interaction_id, body="在吗", client_key=press)
    actions.visitor_signed_in(visitor_id=visitor.id, customer_id=customer.id)
    audited = _says(interaction_id)
    again = actions.customer_says(by=customer, interaction_id=interaction_id, body="在吗", client_key=press)
    assert (again.seq, _says(interaction_id)) == (before.seq, audited + 1)


def _says(interaction_id: int) -> int:
    return AuditRow.objects.filter(verb__startswith="interactions.say", subject_id=interaction_id).count()


def test_one_conversation_that_cannot_be_swept_holds_no_other_up(monkeypatch: pytest.MonkeyPatch):
    tried: list[int] = []

    def fails(*, interaction_id: int) -> bool:
        tried.append(interaction_id)
        raise RuntimeError("broken")

    monkeypatch.setattr(actions, "give_up_gone", fails)
    monkeypatch.setattr(jobs, "_ids", lambda _rows: [1, 2])
    monkeypatch.setattr(actions, "end_silent", lambda **_: True)
    monkeypatch.setattr(actions, "warn_silent", lambda **_: False)
    assert (jobs.sweep(clock.now()), tried) == (2, [1, 2])


def test_nobody_registers_a_letter_of_a_customer_whom_he_may_not_see():
    scene.open_house()
    far = scene.customer(organisation=organisation("南京"))
    letter = {"medium": "letter", "customer_id": far.id, "body": "来信", "topic": "general"}
    answer = staff_client(scene.agent()).post("/api/desk/contacts", letter)
    assert (answer.status_code, answer.json()["code"]) == (404, "customer-not-found")
