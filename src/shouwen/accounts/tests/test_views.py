"""Lists as their users find them again."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.kit.api import commands_effects
from shouwen.kit.testing import ApiClient

from .. import actions, queries
from ..errors import ViewNotFound
from ..models import SavedView, Staff
from .factories import by, organisation, staff, staff_client

pytestmark = pytest.mark.django_db
PLACE = "/api/me/lists/tickets"
LATE = {"name": "超时投诉", "filters": {"box": "all", "overdue": "true"}, "columns": ["number", "due"]}


def leader(number: str = "7001", **fields: Any) -> Staff:
    return staff(number, role="shift_leader", name="唐晓", **fields)


def saved(client: ApiClient, **changes: Any) -> dict[str, Any]:
    answer = client.post(f"{PLACE}/views", {**LATE, **changes})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def names(client: ApiClient) -> list[str]:
    return [view["name"] for view in client.get(PLACE).json()["views"]]


def test_a_view_keeps_filters_and_columns_under_its_name() -> None:
    client = staff_client(staff())
    (view,) = saved(client)["views"]
    del view["id"]
    assert view == {**LATE, "own": True, "shared": False, "owner": "方以宁"}
    assert client.get("/api/me/lists/customers").json() == {"views": [], "columns": [], "first": None}


def test_the_view_that_opens_first_is_ones_own_choice_and_can_be_taken_back() -> None:
    client = staff_client(staff())
    made = saved(client, first=True)
    assert made["first"] == made["views"][0]["id"]
    assert client.put(PLACE, {"plain": True}).json()["first"] is None


def test_columns_chosen_without_a_view_are_kept_for_the_one_who_chose_them() -> None:
    mine, other = staff_client(staff()), staff_client(leader())
    assert mine.put(PLACE, {"columns": ["title", "number"]}).json()["columns"] == ["title", "number"]
    assert other.get(PLACE).json()["columns"] == []


def test_every_command_about_lists_leaves_its_mark_so_that_none_counts_as_lost() -> None:
    client = staff_client(staff())
    client.put(PLACE, {"columns": ["title"]})
    view = saved(client)["views"][0]["id"]
    client.patch(f"/api/me/views/{view}", {"name": "每日必看"})
    client.delete(f"/api/me/views/{view}")
    client.post(f"/api/me/views/{view}/restore")
    assert commands_effects() == []


def test_a_name_stands_once_for_each_list_and_person() -> None:
    client = staff_client(staff())
    saved(client)
    answer = client.post(f"{PLACE}/views", LATE)
    assert (answer.status_code, answer.json()["code"]) == (409, "view-name-taken")
    assert answer.json()["errors"][0]["field"] == "name"
    assert client.post("/api/me/lists/customers/views", LATE).status_code == 200


def test_sharing_asks_for_the_permission() -> None:
    answer = staff_client(staff()).post(f"{PLACE}/views", {**LATE, "shared": True})
    assert (answer.status_code, answer.json()["code"]) == (403, "permission-refused")
    assert SavedView.objects.count() == 0


def test_a_shared_view_is_there_for_the_organisation_and_below_and_nobody_else() -> None:
    province = organisation("江苏", "province")
    saved(staff_client(leader(organisation=province)), shared=True)
    below = staff_client(staff("8021"))
    group = staff_client(staff("1001", role="comprehensive", organisation=organisation(level="group")))
    assert names(below) == ["超时投诉"]
    assert names(group) == []


def test_a_view_of_somebody_else_is_not_there_to_be_changed() -> None:
    view = saved(staff_client(leader()), shared=True)["views"][0]["id"]
    other = staff_client(staff())
    for answer in (other.patch(f"/api/me/views/{view}", {"name": "我的"}), other.delete(f"/api/me/views/{view}")):
        assert (answer.status_code, answer.json()["code"]) == (404, "view-not-found")


def test_a_leader_removes_what_another_shared_in_his_scope() -> None:
    view = saved(staff_client(leader()), shared=True)["views"][0]["id"]
    second = staff_client(leader("7002"))
    assert second.delete(f"/api/me/views/{view}").status_code == 204
    assert names(second) == []


def test_renaming_and_sharing_a_view_later_keeps_what_it_shows() -> None:
    client = staff_client(leader())
    view = saved(client)["views"][0]
    assert client.patch(f"/api/me/views/{view['id']}", {"name": "每日必看", "shared": True}).status_code == 204
    assert client.get(PLACE).json()["views"] == [{**view, "name": "每日必看", "shared": True}]


def test_a_removed_view_comes_back_as_it_was_and_opens_first_again() -> None:
    client = staff_client(staff())
    before = saved(client, first=True)
    view = before["views"][0]["id"]
    client.delete(f"/api/me/views/{view}")
    assert client.get(PLACE).json() == {"views": [], "columns": [], "first": None}
    assert client.post(f"/api/me/views/{view}/restore").status_code == 204
    assert client.get(PLACE).json() == before


def test_a_removed_view_whose_name_was_given_again_stays_away() -> None:
    client = staff_client(staff())
    view = saved(client)["views"][0]["id"]
    client.delete(f"/api/me/views/{view}")
    saved(client)
    answer = client.post(f"/api/me/views/{view}/restore")
    assert answer.json()["code"] == "view-name-taken"


def test_the_thirty_first_view_of_a_list_is_refused_with_the_remedy() -> None:
    client = staff_client(staff())
    for n in range(30):
        saved(client, name=f"视图 {n}")
    answer = client.post(f"{PLACE}/views", LATE)
    assert (answer.status_code, answer.json()["code"]) == (409, "too-many-views")


def test_a_view_that_one_cannot_see_does_not_open_first() -> None:
    saved(staff_client(leader()))
    theirs = SavedView.objects.get().public_id
    with pytest.raises(ViewNotFound):
        actions.choose_list(by=by(staff()), list_code="tickets", first=theirs)
    assert queries.list_views(by(staff()), "tickets").first is None
