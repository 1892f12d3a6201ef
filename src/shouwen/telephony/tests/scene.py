"""A small service that takes calls: queues, agents with phones at their seats, callers."""

from __future__ import annotations

import io
import itertools
import wave

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff
from shouwen.interactions.models import JournalEntry
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import deliver
from shouwen.messaging.tests.scene import customer, open_house
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.telephony import actions
from shouwen.telephony.models import Call, Instruction, Leg

ASTERISK = "test"
_channels = itertools.count(1)


def agent(number: str = "8021", *, phone: bool = True) -> Staff:
    """Return an agent who is ready at a seat, with a phone at a fixed address."""
    row = staff(number, name=f"坐席{number}")
    routing.open_seat(staff_id=row.id, slots={"voice": 1})
    if phone:
        actions.set_phone(by=SYSTEM, staff_id=row.id, number=number, address=f"sip:{number}@127.0.0.3:5060")
    routing.set_skills(staff_id=row.id, levels={"general": 5}, by=SYSTEM)
    routing.set_presence(state="ready", by=by(row))
    return row


def staff_of(staff_id: int) -> Staff:
    """Return a member of staff."""
    return Staff.objects.get(pk=staff_id)


def calls(calling: str = "", dialled: str = "10000") -> int:
    """Let somebody call us."""
    channel = f"in-{next(_channels)}"
    return actions.arrive(asterisk=ASTERISK, channel=channel, dialled=dialled, calling=calling)


def waits(calling: str = "") -> int:
    """Let somebody call, hear the notice, and wait; phones ring as far as there are agents."""
    interaction_id = calls(calling)
    actions.notice_over(interaction_id=interaction_id)
    deliver()
    return interaction_id


def talks(calling: str = "") -> int:
    """Let somebody call and be answered by the first agent there is."""
    interaction_id = waits(calling)
    actions.agent_answers(channel=channel_of(interaction_id, "agent"))
    deliver()
    return interaction_id


def call(interaction_id: int) -> Call:
    """Return the call's row."""
    return Call.objects.get(interaction_id=interaction_id)


def channel_of(interaction_id: int, side: str) -> str:
    """Return the channel of the living leg of one side."""
    return Leg.objects.get(call_id=interaction_id, side=side, ended_at=None).channel


def verbs(interaction_id: int) -> list[str]:
    """Return what the media server was told, in order."""
    return list(Instruction.objects.filter(call_id=interaction_id).order_by("id").values_list("verb", flat=True))


def does(interaction_id: int, verb: str, failed: str = "") -> None:
    """Let the media server carry out the first thing of a kind that is due, or fail to."""
    told = Instruction.objects.filter(call_id=interaction_id, verb=verb, done_at=None).earliest("id")
    actions.carried_out(instruction_id=told.id, failed=failed)


def hears_place(interaction_id: int) -> None:
    """Let a waiting caller hear his place, and with it what he is offered."""
    Call.objects.filter(pk=interaction_id).update(tell_at=clock.now())
    assert actions.tell_place(interaction_id=interaction_id)
    does(interaction_id, "tell")


def names(interaction_id: int) -> list[str]:
    """Return what the journal says of a call, in order."""
    rows = JournalEntry.objects.filter(interaction_id=interaction_id).order_by("at", "id")
    return list(rows.values_list("name", flat=True))


def reasons(interaction_id: int) -> list[str]:
    """Return why phones were not answered, as the journal has it."""
    rows = JournalEntry.objects.filter(interaction_id=interaction_id, name="rna").order_by("at", "id")
    return [detail["reason"] for detail in rows.values_list("detail", flat=True)]


def written_up(agent: Staff, interaction_id: int) -> None:
    """Let an ended call be written up, so that the seat is free again."""
    actions.save_service_record(
        by=by(agent), interaction_id=interaction_id, reason="broadband.fault", handling="answered", note="", version=0
    )
    actions.complete(by=by(agent), interaction_id=interaction_id)


def sound(seconds: float = 2) -> bytes:
    """Return a recording of so many seconds."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x10\x00" * int(8000 * seconds))
    return out.getvalue()


def state_of_work(interaction_id: int) -> str:
    """Return how the contact stands in its queue."""
    return queues.work_of("conversation", [interaction_id])[interaction_id].state


__all__ = ["SYSTEM", "agent", "by", "call", "calls", "customer", "names", "open_house", "talks", "verbs", "waits"]
