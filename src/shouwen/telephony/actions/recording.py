"""Keeping what was said."""

from __future__ import annotations

import hashlib
import io
import struct
import wave

from shouwen.interactions import queries as contacts
from shouwen.kit import audit, clock, files
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.events import publish
from shouwen.kit.prepared import Prepared, note
from shouwen.kit.principals import SYSTEM

from ..events import CallRecorded
from ..models import Recording
from .finding import SUBJECT, audience, locked, public_id

PURPOSE = "recording"
HEAD = 44
_KEPT = Prepared(lambda call: Recording.objects.filter(call_id=call).values_list("call_id"))


def keep_recording(*, conversation: str, sound: bytes) -> bool:
    """Seal the recording of a call in the store and note it; tell whether it was news. Done again, it is once."""
    forbid_inside_action("Keeping a recording")
    interaction_id = contacts.id_of(conversation)
    if _KEPT(call=interaction_id):
        return False
    sound = _whole(sound)
    made = files.keep_made(
        by=SYSTEM,
        name=f"{conversation}.wav",
        media_type="audio/wav",
        content=[sound],
        purpose=PURPOSE,
        key=f"recording:{conversation}",
    )
    _note(interaction_id=interaction_id, file_id=made.id, sound=sound)
    return True


@action
def _note(*, interaction_id: int, file_id: int, sound: bytes) -> None:
    from shouwen.kit.models import StoredFile

    call, at = locked(interaction_id), clock.now()
    StoredFile.objects.filter(id=file_id).update(subject=SUBJECT, subject_id=call.pk)
    digest = hashlib.sha256(sound).hexdigest()
    note(Recording(call=call, file_id=file_id, seconds=_seconds(sound), digest=digest, kept_at=at))
    audit.record(SYSTEM, "telephony.record", subject=SUBJECT, subject_id=call.pk, digest=digest)
    publish(CallRecorded(call.pk, public_id(call)), audience=audience(call), at=at)


def _whole(sound: bytes) -> bytes:
    """Return a recording whose head says how long it is: one whose media server ended in the middle says nothing."""
    if sound[36:40] != b"data" or any(sound[40:HEAD]):
        return sound
    length = len(sound) - HEAD
    return b"".join(
        (sound[:4], struct.pack("<I", length + HEAD - 8), sound[8:40], struct.pack("<I", length), sound[HEAD:])
    )


def _seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        seconds: float = file.getnframes() / file.getframerate()
        return seconds
