"""Lists as their users want to find them again."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import Field

from shouwen.kit.api import command, principal

from .. import actions, queries
from .schemas import ListChoiceIn, ListViewsOut, NewViewIn, ViewChangeIn

views_router = Router(tags=["session"])
List = Annotated[str, Field(pattern=r"^[a-z][a-z.-]{0,39}$")]


@views_router.get("/me/lists/{list_code}", operation_id="getListViews", response=ListViewsOut)
def get_list_views(request: HttpRequest, list_code: Path[List]) -> queries.ListViews:
    """Return the views of a list, the chosen columns, and the view that opens first."""
    return queries.list_views(principal(request), list_code)


@views_router.put("/me/lists/{list_code}", operation_id="chooseList", response=ListViewsOut)
@command()
def choose_list(request: HttpRequest, list_code: Path[List], body: ListChoiceIn) -> ListViewsOut:
    """Keep the columns that a list shows without a view, or the view that opens first."""
    by = principal(request)
    actions.choose_list(by=by, list_code=list_code, **body.model_dump())
    return ListViewsOut.model_validate(queries.list_views(by, list_code))


@views_router.post("/me/lists/{list_code}/views", operation_id="saveView", response=ListViewsOut)
@command()
def save_view(request: HttpRequest, list_code: Path[List], body: NewViewIn) -> ListViewsOut:
    """Keep a list under a name."""
    by = principal(request)
    actions.save_view(by=by, list_code=list_code, **body.model_dump())
    return ListViewsOut.model_validate(queries.list_views(by, list_code))


@views_router.patch("/me/views/{view_id}", operation_id="changeView", response={204: None})
@command(status=204)
def change_view(request: HttpRequest, view_id: UUID, body: ViewChangeIn) -> None:
    """Change one of one's own views."""
    actions.change_view(by=principal(request), view_id=view_id, **body.model_dump())


@views_router.delete("/me/views/{view_id}", operation_id="removeView", response={204: None})
@command(status=204)
def remove_view(request: HttpRequest, view_id: UUID) -> None:
    """Take a view off the list."""
    actions.remove_view(by=principal(request), view_id=view_id)


@views_router.post("/me/views/{view_id}/restore", operation_id="restoreView", response={204: None})
@command(status=204)
def restore_view(request: HttpRequest, view_id: UUID) -> None:
    """Bring a view back."""
    actions.restore_view(by=principal(request), view_id=view_id)
