"""How long recordings stay, what keeps them longer, and when they stand still."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import staff
from shouwen.interactions import queries as contacts
from shouwen.kit import clock, files, privacy
from shouwen.kit.models import AuditRow, StoredFile, Tombstone
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, deliver
from shouwen.routing import actions as routing
from shouwen.telephony import actions, jobs
from shouwen.telephony.models import Instruction, Recording, RecordingPause

from . import scene
from .scene import by

pytestmark = pytest.mark.django_db(transaction=True)
RECORDINGS = "telephony.Recording"


def recorded() -> int:
    """Return a call that was talked and is over, with its recording."""
    call = scene.talks("13800001111")
    actions.hang_up(by=by(scene.staff_of(scene.call(call).staff_id or 0)), interaction_id=call)
    actions.keep_recording(conversation=contacts.conversation(call).public_id, sound=scene.sound())
    return call


@pytest.mark.req("R-REC-001")
def test_a_recording_stays_at_least_92_days_whatever_the_policy_and_longer_under_a_hold(clock_at: FrozenClock):
    """R-REC-001: the engine erases no recording younger than 92 days, and none under a legal hold.

    The policy may be set from 92 days on and no lower; the hold ends with a reason and leaves its audit rows.
    """
    scene.open_house()
    scene.agent()
    leader = by(staff("7001", "system_management"))
    call = recorded()
    with pytest.raises(privacy.PeriodRefused, match="between 92 and"):
        privacy.set_period(by=leader, code=RECORDINGS, days=91, reason="存储空间不足")
    privacy.set_period(by=leader, code=RECORDINGS, days=92, reason="按最短期限保存")
    clock_at.advance(days=92)
    assert privacy.erase_due(code=RECORDINGS) == 0
    clock_at.advance(seconds=1)
    held = privacy.place_hold(by=leader, person=privacy.CONTACT, person_id=call, reason="客户投诉处理中")
    assert privacy.erase_due(code=RECORDINGS) == 0
    assert [(p.due, p.held) for p in privacy.plans() if p.code == RECORDINGS] == [(0, 1)]
    privacy.lift_hold(by=leader, hold_id=held, reason="投诉已办结")
    assert privacy.erase_due(code=RECORDINGS) == 1
    kept = Recording.objects.get()
    assert (kept.file, StoredFile.objects.filter(purpose="recording").count()) == (None, 0)
    assert Tombstone.objects.get(table=RECORDINGS).row_id == call
    verbs = AuditRow.objects.filter(verb__startswith="privacy.").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["privacy.period", "privacy.hold", "privacy.lift_hold", "privacy.erase_due"]


def test_without_a_policy_recordings_stay_six_months_and_the_sound_goes_with_the_files(clock_at: FrozenClock):
    scene.open_house()
    scene.agent()
    recorded()
    row = Recording.objects.get()
    assert row.file is not None
    clock_at.advance(days=184)
    assert privacy.erase_due(code=RECORDINGS) == 0
    clock_at.advance(seconds=1)
    assert privacy.erase_due(code=RECORDINGS) == 1
    with pytest.raises(Exception, match="file"):
        files.read(row.file.id)


def test_a_recording_stands_still_when_the_agent_says_so_and_goes_on_by_itself(clock_at: FrozenClock):
    scene.open_house()
    agent = by(scene.agent())
    call = scene.talks()
    name = contacts.conversation(call).public_id
    actions.pause_recording(by=agent, interaction_id=call)
    actions.pause_recording(by=agent, interaction_id=call)
    assert scene.verbs(call)[-1] == "pause"
    assert Instruction.objects.get(call_id=call, verb="pause").arguments == {"recording": name}
    clock_at.advance(minutes=2, microseconds=-1)
    assert jobs.sweep(clock.now()) == 0
    clock_at.advance(microseconds=1)
    assert (jobs.sweep(clock.now()), jobs.sweep(clock.now())) == (1, 0)
    assert (scene.verbs(call)[-1], RecordingPause.objects.get().ended_at) == ("unpause", None)
    scene.does(call, "unpause", failed="500 Internal Server Error")
    assert (jobs.sweep(clock.now()), scene.names(call)[-1]) == (0, "recording_off")
    clock_at.advance(seconds=5)
    assert jobs.sweep(clock.now()) == 1
    scene.does(call, "unpause")
    assert (RecordingPause.objects.get().ended_by, scene.names(call)[-1]) == ("limit", "recording_on")
    actions.pause_recording(by=agent, interaction_id=call)
    actions.resume_recording(by=agent, interaction_id=call)
    actions.resume_recording(by=agent, interaction_id=call)
    scene.does(call, "unpause")
    assert scene.names(call)[-4:] == ["recording_off", "recording_on", "recording_off", "recording_on"]
    assert [p.ended_by for p in RecordingPause.objects.order_by("id")] == ["limit", "agent"]


@pytest.mark.parametrize("way", ["transfer", "hang_up", "pass_on"])
def test_no_pause_outlives_the_talk_it_was_made_in(way: str):
    scene.open_house()
    agent = by(scene.agent())
    call = scene.talks()
    actions.pause_recording(by=agent, interaction_id=call)
    if way == "transfer":
        actions.transfer(by=agent, interaction_id=call, queue_code="broadband")
    elif way == "hang_up":
        actions.hang_up(by=agent, interaction_id=call)
    else:
        other = scene.agent("8022")
        routing.set_skills(staff_id=other.id, levels={"broadband": 5}, by=SYSTEM)
        actions.consult(by=agent, interaction_id=call, queue_code="broadband")
        deliver()
        actions.agent_answers(channel=scene.channel_of(call, "consulted"))
        actions.pass_on(by=agent, interaction_id=call)
    assert RecordingPause.objects.get().ended_by == ("call" if way == "hang_up" else "moved")
    assert ("unpause" in scene.verbs(call)) == (way != "hang_up")


def test_a_recording_whose_media_server_ended_in_the_middle_is_as_long_as_what_there_is():
    scene.open_house()
    scene.agent()
    call, sound = scene.talks(), scene.sound(1.5)
    cut = sound[:40] + b"\0\0\0\0" + sound[44:]
    actions.keep_recording(conversation=contacts.conversation(call).public_id, sound=cut)
    kept = Recording.objects.get()
    assert kept.file is not None
    assert (kept.seconds, b"".join(files.read(kept.file.id))) == (1.5, sound)
