"""Asking a colleague in the middle of a call, three in one call, passing on, and back into the queue."""

from __future__ import annotations

import pytest

from shouwen.accounts.models import Staff
from shouwen.desk.queries import promise
from shouwen.interactions import queries as contacts
from shouwen.interactions.models import JournalEntry
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import deliver
from shouwen.responsibility import queries as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.telephony import actions
from shouwen.telephony.errors import ConsultRunning, NobodyAsked
from shouwen.telephony.models import Consult

from . import scene
from .scene import by

pytestmark = pytest.mark.django_db(transaction=True)


def asking(*, answered: bool = True) -> tuple[int, Staff, Staff]:
    """Let an agent ask a colleague of the broadband queue; return the call and the two."""
    scene.open_house()
    agent = scene.agent("8021")
    call = scene.talks()
    other = scene.agent("8022")
    routing.set_skills(staff_id=other.id, levels={"broadband": 5}, by=SYSTEM)
    actions.consult(by=by(agent), interaction_id=call, queue_code="broadband")
    deliver()
    if answered:
        actions.agent_answers(channel=scene.channel_of(call, "consulted"))
        deliver()
    return call, agent, other


def outcomes(call: int) -> list[str]:
    rows = JournalEntry.objects.filter(interaction_id=call, name="consult_end").order_by("at", "id")
    return [detail["outcome"] for detail in rows.values_list("detail", flat=True)]


def test_a_colleague_is_asked_while_the_caller_hears_music_and_both_are_taken():
    call, agent, other = asking()
    assert scene.verbs(call)[-3:] == ["hold", "ring", "join"]
    assert (queues.engaged(other.id).doing, scene.call(call).staff_id) == ("busy", agent.id)
    with pytest.raises(ConsultRunning):
        actions.consult(by=by(agent), interaction_id=call, queue_code="general")
    actions.resume(by=by(agent), interaction_id=call)  # three in one call
    assert scene.verbs(call)[-1] == "join"
    actions.end_consult(by=by(agent), interaction_id=call)
    assert (outcomes(call), queues.engaged(other.id).doing) == (["talked"], "")
    assert scene.call(call).step == "talking"
    assert promise(clock.now()).holds


def test_a_caller_passed_on_is_the_colleagues_and_keeps_his_owner():
    call, agent, other = asking()
    actions.pass_on(by=by(agent), interaction_id=call)
    deliver()
    duty = responsibility.of("conversation", [call])[call]
    assert (scene.call(call).staff_id, duty.owner_id, duty.handler_id) == (other.id, agent.id, other.id)
    assert (contacts.conversation(call).queue_code, scene.state_of_work(call)) == ("broadband", "assigned")
    assert scene.names(call)[-5:] == ["consult_start", "transfer", "answer", "consult_end", "hold_off"]
    assert (outcomes(call), queues.engaged(agent.id).doing) == (["transferred"], "")
    actions.hang_up(by=by(other), interaction_id=call)
    assert (scene.call(call).outcome, queues.engaged(other.id).doing) == ("answered", "acw")
    assert promise(clock.now()).holds


def test_who_hangs_up_while_a_colleague_is_on_the_line_leaves_the_caller_to_him():
    call, _, other = asking()
    actions.leg_gone(channel=scene.channel_of(call, "agent"), cause=16)
    assert (scene.call(call).step, scene.call(call).staff_id) == ("talking", other.id)


def test_a_colleague_who_does_not_answer_sends_the_question_on_and_the_caller_still_hears_music():
    call, agent, other = asking(answered=False)
    actions.leg_gone(channel=scene.channel_of(call, "consulted"), cause=17)
    deliver()
    asked = Consult.objects.get()
    assert (queues.work_of("consult", [asked.pk])[asked.pk].state, asked.ended_at) == ("waiting", None)
    with pytest.raises(NobodyAsked):
        actions.pass_on(by=by(agent), interaction_id=call)
    actions.end_consult(by=by(agent), interaction_id=call)
    assert (outcomes(call), queues.offers_of(other.id)) == (["cancelled"], [])
    actions.resume(by=by(agent), interaction_id=call)
    assert scene.call(call).held_at is None


def test_a_caller_who_hangs_up_ends_the_question_too():
    call, _, other = asking()
    actions.leg_gone(channel=scene.channel_of(call, "customer"))
    assert (outcomes(call), queues.engaged(other.id).doing) == (["caller_gone"], "")
    assert (scene.call(call).outcome, promise(clock.now()).holds) == ("answered", True)


def test_a_caller_put_back_is_first_in_his_queue():
    scene.open_house()
    agent = scene.agent()
    call = scene.talks()
    actions.return_to_queue(by=by(agent), interaction_id=call)
    deliver()
    item = queues.work_of("conversation", [call])[call]
    assert (item.klass, item.queue_code, item.state) == ("re_offer", "general", "waiting")
    assert scene.names(call)[-2:] == ["returned", "queue_in"]
    assert (scene.call(call).step, scene.verbs(call)[-2:]) == ("waiting", ["hold", "hang_up"])
    assert promise(clock.now()).holds
