"""The checklist over HTTP."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shouwen.accounts.permissions import MANAGE_OPERATOR
from shouwen.kit.api import Shape, command, language, principal
from shouwen.kit.api.limits import limit
from shouwen.kit.permissions import require
from shouwen.project import speech
from shouwen.project.doctor import examine

from . import sample_data, trial_message
from .checklist import checklist

checklist_router = Router(tags=["set-up"])


class SetUpStepOut(Schema):
    code: str
    done: bool
    count: int


class SetUpCheckOut(Schema):
    name: str
    ok: bool
    detail: str
    remedy: str


class TrialMessageIn(Schema):
    channel: Literal["inapp", "email", "sms"]
    address: Annotated[str, Field(max_length=254)] = ""


class TrialMessageOut(Schema):
    id: int
    channel: str
    state: str
    attempts: int
    address: str
    receipt: str
    error: str


class SampleDataOut(Shape):
    there: bool
    name: str
    others: list[str]
    supervised: bool
    under_way: bool
    failure: str


class SampleRemovalIn(Schema):
    name: Annotated[str, Field(max_length=120)]


class SampleRemovalOut(Schema):
    """Where one's own administrator is made, once the demo has gone."""

    link: str


@checklist_router.get("/set-up/checklist", operation_id="getSetUpChecklist", response=list[SetUpStepOut])
def get_checklist(request: HttpRequest) -> list[SetUpStepOut]:
    """Return what is to be done before the first chat, and what of it is done."""
    return [SetUpStepOut(**asdict(step)) for step in checklist(principal(request))]


@checklist_router.get("/set-up/checks", operation_id="getSetUpChecks", response=list[SetUpCheckOut])
def get_checks(request: HttpRequest) -> list[SetUpCheckOut]:
    """Look the installation over as the doctor does, before the doors open."""
    require(principal(request), MANAGE_OPERATOR)
    with _speaking(request):
        return [SetUpCheckOut(**asdict(finding)) for finding in examine(settings.CONFIG)]


@checklist_router.get("/set-up/sample-data", operation_id="getSampleData", response=SampleDataOut)
def get_sample_data(request: HttpRequest) -> sample_data.SampleData:
    """Return whether the demo operator is here, and what hinders its removal."""
    with _speaking(request):
        return sample_data.sample_data(principal(request))


@checklist_router.post("/set-up/sample-data/removal", operation_id="removeSampleData", response=SampleRemovalOut)
@limit("project.remove-sample-data", per_minute=5, by="principal")
def remove_sample_data(request: HttpRequest, body: SampleRemovalIn) -> SampleRemovalOut:
    """Take the demo operator away after a backup. No stored answer: it holds a link that is a secret."""
    with _speaking(request):
        return SampleRemovalOut(link=sample_data.ask_removal(by=principal(request), name=body.name))


@contextlib.contextmanager
def _speaking(request: HttpRequest) -> Iterator[None]:
    """Let what is for a terminal be said in the language of who asks."""
    token = speech.asked.set(language(request))
    try:
        yield
    finally:
        speech.asked.reset(token)


@checklist_router.post("/set-up/messages", operation_id="sendTrialMessage", response={201: TrialMessageOut})
@command(status=201)
def send_trial(request: HttpRequest, body: TrialMessageIn) -> TrialMessageOut:
    """Send a message to try a channel out."""
    by = principal(request)
    number = trial_message.send(channel=body.channel, address=body.address, by=by)
    return TrialMessageOut(**asdict(trial_message.trial(by, number)))


@checklist_router.get("/set-up/messages/{number}", operation_id="getTrialMessage", response=TrialMessageOut)
def get_trial(request: HttpRequest, number: int) -> TrialMessageOut:
    """Return what became of a trial message: its receipt, or why it failed."""
    return TrialMessageOut(**asdict(trial_message.trial(principal(request), number)))
