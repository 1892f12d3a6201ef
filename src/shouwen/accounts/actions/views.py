"""Keeping lists as somebody wants to find them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import queries
from ..errors import TooManyViews, ViewNameTaken, ViewNotFound
from ..models import ListChoice, SavedView, Staff
from ..permissions import SHARE_VIEWS

MOST = 30
FORGOTTEN_AFTER = timedelta(days=30)


@action
def save_view(
    *,
    by: Principal,
    list_code: str,
    name: str,
    filters: Mapping[str, str],
    columns: Sequence[str],
    shared: bool = False,
    first: bool = False,
) -> UUID:
    """Keep a list under a name; return by what it is known."""
    owner = _one_at_a_time(by)
    kept = SavedView.objects.filter(owner=owner, list_code=list_code, removed_at=None)
    if kept.count() >= MOST:
        raise TooManyViews(limit=MOST)
    _refuse_taken(owner, list_code, name)
    row = SavedView(
        owner=owner, list_code=list_code, name=name, filters=dict(filters), columns=[*columns], made_at=clock.now()
    )
    _share(row, owner, by, shared=shared)
    row.save()
    if first:
        _open_first(row, by)
    _note(by, "accounts.view.open", row)
    return UUID(str(row.public_id))


@action
def change_view(
    *,
    by: Principal,
    view_id: UUID,
    name: str | None = None,
    filters: Mapping[str, str] | None = None,
    columns: Sequence[str] | None = None,
    shared: bool | None = None,
) -> None:
    """Call a view of one's own something else, let it show something else, or share it or not."""
    owner = _one_at_a_time(by)
    row = _own(view_id, owner)
    if name is not None and name != row.name:
        _refuse_taken(owner, row.list_code, name)
    given = {"name": name, "filters": filters, "columns": columns}
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    if shared is not None and shared != (row.shared_with_id is not None):
        _share(row, owner, by, shared=shared)
    row.save(update_fields=["name", "filters", "columns", "shared_with"])
    _note(by, "accounts.view.update", row)


@action
def remove_view(*, by: Principal, view_id: UUID) -> None:
    """Take a view off the lists of all who see it; it can be brought back for a while."""
    at = clock.now()
    SavedView.objects.filter(owner_id=by.id, removed_at__lt=at - FORGOTTEN_AFTER).delete()
    row = _mine_or_ours(view_id, by, gone=False)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    _note(by, "accounts.view.remove", row)


@action
def restore_view(*, by: Principal, view_id: UUID) -> None:
    """Bring a view back that was taken off, with everybody's choice to open it first."""
    row = _mine_or_ours(view_id, by, gone=True)
    _refuse_taken(row.owner, row.list_code, row.name)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    _note(by, "accounts.view.restore", row)


@action
def choose_list(
    *,
    by: Principal,
    list_code: str,
    columns: Sequence[str] | None = None,
    first: UUID | None = None,
    plain: bool = False,
) -> None:
    """Keep the columns that a list shows without a view, and which view opens first; `plain` has none do so."""
    ListChoice.objects.get_or_create(staff_id=by.id, list_code=list_code)
    row = ListChoice.objects.select_for_update().get(staff_id=by.id, list_code=list_code)
    if columns is not None:
        row.columns = [*columns]
    if first is not None:
        row.first = queries.seen_views(by, list_code).filter(public_id=first).first()
        if row.first is None:
            raise ViewNotFound
    elif plain:
        row.first = None
    row.save(update_fields=["columns", "first"])
    told = {"list": list_code, "columns": row.columns, "first": row.first_id}
    audit.record(by, "accounts.list.choose", subject="staff", subject_id=by.id, **told)


def _one_at_a_time(by: Principal) -> Staff:
    """Return the owner, locked: two windows of his do not give one name twice."""
    return Staff.objects.select_for_update().get(id=by.id)


def _own(view_id: UUID, owner: Staff) -> SavedView:
    row = SavedView.objects.select_for_update().filter(public_id=view_id, owner=owner, removed_at=None).first()
    if row is None:
        raise ViewNotFound
    return row


def _mine_or_ours(view_id: UUID, by: Principal, *, gone: bool) -> SavedView:
    """Return a view of one's own, or one shared in the data scope of somebody who may share."""
    row = SavedView.objects.select_for_update(of=("self",)).filter(public_id=view_id).first()
    ours = row is not None and row.shared_with_id is not None and by.may(SHARE_VIEWS) and by.sees(row.shared_with_id)
    if row is None or (row.removed_at is not None) != gone or not (row.owner_id == by.id or ours):
        raise ViewNotFound
    return row


def _refuse_taken(owner: Staff, list_code: str, name: str) -> None:
    if SavedView.objects.filter(owner=owner, list_code=list_code, name=name, removed_at=None).exists():
        raise ViewNameTaken(name=name)


def _share(row: SavedView, owner: Staff, by: Principal, *, shared: bool) -> None:
    if shared:
        require(by, SHARE_VIEWS)
    row.shared_with_id = owner.organisation_id if shared else None


def _open_first(row: SavedView, by: Principal) -> None:
    ListChoice.objects.update_or_create(staff_id=by.id, list_code=row.list_code, defaults={"first": row})


def _note(by: Principal, verb: str, row: SavedView) -> None:
    told = {"list": row.list_code, "name": row.name, "shared": row.shared_with_id is not None}
    audit.record(by, verb, subject="view", subject_id=row.pk, **told)
