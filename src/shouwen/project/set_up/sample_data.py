"""The demo operator on the set-up page: what of it is there, what hinders its removal, and asking for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from shouwen.accounts import queries as people
from shouwen.accounts.permissions import MANAGE_OPERATOR
from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.project import demo_removal
from shouwen.project.demo.removal import hindrances, is_there
from shouwen.project.first_start import is_good, issue_link

from .errors import NameDiffers, NotSupervised, RealThingsThere, SampleDataGone


@dataclass(frozen=True)
class SampleData:
    """Whether the demo operator is here, what else is, and whether it can be taken away from the page."""

    there: bool
    name: str
    others: list[str]
    supervised: bool
    under_way: bool
    failure: str


def sample_data(by: Principal) -> SampleData:
    """Return how things stand with the demo operator."""
    require(by, MANAGE_OPERATOR)
    there = is_there()
    removal = demo_removal.pending(settings.CONFIG)
    return SampleData(
        there=there,
        name=people.operator_name(),
        others=hindrances() if there else [],
        supervised=demo_removal.is_supervised(settings.CONFIG),
        under_way=removal is not None and not removal.failure,
        failure=removal.failure if removal else "",
    )


def ask_removal(*, by: Principal, name: str) -> str:
    """Let the supervisor take the demo operator away; return the link that makes one's own administrator after it."""
    found = sample_data(by)
    if not found.there:
        raise SampleDataGone
    if name.strip() != found.name:
        raise NameDiffers(name=found.name)
    if found.others:
        raise RealThingsThere(others="；".join(found.others))
    if not found.supervised:
        raise NotSupervised
    _note(by=by)
    link = issue_link(settings.CONFIG)
    demo_removal.ask(settings.CONFIG, by=f"{by.name}（{by.key}）")
    return link.removeprefix(settings.CONFIG.base_url)


@action
def _note(*, by: Principal) -> None:
    """Leave the mark that the backup keeps."""
    audit.record(by, "set-up.demo.remove", subject="house", subject_id=0)


def link_state(token: str) -> str:
    """Tell whether a link makes an administrator now, only when the demo has gone, or not at all."""
    removal = demo_removal.pending(settings.CONFIG)
    if not is_good(token):
        return "gone"
    if removal and not removal.failure:
        return "removing"
    return "gone" if people.staff_exists() else "ready"
