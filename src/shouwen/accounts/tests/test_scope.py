"""How far somebody sees: his own matters, his team, city, province, or everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kit.models import AuditRow

from .. import actions, rules
from ..models import Organisation
from .factories import by, organisation, staff, staff_client

pytestmark = pytest.mark.django_db


def tree() -> dict[str, int]:
    """Return the ids of 集团 / 江苏 / 苏州 / 一组, and of 南京 and 浙江."""
    admin = by(staff("1", "system_management"))
    suzhou, nanjing = organisation("苏州"), organisation("南京")
    group = Organisation.objects.get(level="group")
    return {
        "group": group.id,
        "province": suzhou.parent_id or 0,
        "city": suzhou.id,
        "other city": nanjing.id,
        "other province": actions.add_organisation(name="浙江", parent_id=group.id, by=admin),
        "team": actions.add_organisation(name="一组", parent_id=suzhou.id, by=admin),
        "other team": actions.add_organisation(name="二组", parent_id=suzhou.id, by=admin),
    }


SEEN = {
    "own": [],
    "team": ["team"],
    "city": ["city", "other team", "team"],
    "province": ["city", "other city", "other team", "province", "team"],
    "": ["team"],
}


@pytest.mark.parametrize("scope", [*SEEN, "group"])
def test_each_scope_reaches_exactly_so_far(scope: str) -> None:
    units = tree()
    one = staff("8021", organisation=Organisation.objects.get(id=units["team"]), scope=scope)
    seen = sorted(name for name, unit in units.items() if by(one).sees(unit))
    assert seen == (sorted(units) if scope == "group" else SEEN[scope])


def test_a_scope_is_set_at_the_screen_and_works_at_once() -> None:
    units, agent = tree(), staff("8021")
    client = staff_client(staff("1", "system_management"))
    assert client.patch(f"/api/staff/{agent.id}", {"scope": "own"}).json()["scope"] == "own"
    assert by(agent).organisations == frozenset()
    assert client.patch(f"/api/staff/{agent.id}", {"scope": "group"}).status_code == 200
    assert by(agent).sees(units["other province"])
    details = AuditRow.objects.filter(verb="accounts.staff.update").latest("id").details
    assert (details["before"], details["after"]) == ({"scope": "own"}, {"scope": "group"})


def test_nobody_gives_a_wider_view_than_his_own() -> None:
    leader = staff("2", "system_management", scope="city")
    agent = staff("8021")
    answer = staff_client(leader).patch(f"/api/staff/{agent.id}", {"scope": "province"})
    assert (answer.status_code, answer.json()["code"]) == (422, "scope-too-wide")


def test_a_scope_below_somebodys_own_unit_stands_for_nothing() -> None:
    tree()
    client, boss = (
        staff_client(staff("1", "system_management")),
        staff("7", organisation=organisation(level="province")),
    )
    assert client.patch(f"/api/staff/{boss.id}", {"scope": "city"}).json()["code"] == "scope-too-narrow"


def test_a_tree_grows_downwards_and_no_two_of_a_name_stand_side_by_side() -> None:
    client, city = staff_client(staff("1", "system_management")), organisation("苏州")
    made = client.post("/api/organisations", {"name": "投诉组", "parent_id": city.id})
    assert (made.status_code, made.json()["level"]) == (201, "team")
    assert client.post("/api/organisations", {"name": "投诉组", "parent_id": city.id}).json()["code"] == (
        "organisation-invalid"
    )
    below = client.post("/api/organisations", {"name": "小组", "parent_id": made.json()["id"]})
    assert below.json()["code"] == "unknown-organisation"
    renamed = client.patch(f"/api/organisations/{made.json()['id']}", {"name": "投诉一组"})
    assert renamed.json()["name"] == "投诉一组"


@given(
    path=st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True),
    scope=st.sampled_from(["", "team", "city", "province", "group"]),
    sees_all=st.booleans(),
)
def test_whoever_sees_a_part_sees_it_from_his_own_line(path: list[int], scope: str, *, sees_all: bool) -> None:
    top = rules.anchor(path, scope, sees_all=sees_all)
    assert top is None or top in path


@given(st.frozensets(st.text(max_size=3)), st.frozensets(st.text(max_size=3)))
def test_what_is_wanted_is_what_a_role_then_allows(wanted: frozenset[str], declared: frozenset[str]) -> None:
    granted, withheld = rules.difference(wanted, declared)
    allowed = rules.permissions(
        declared, granted=frozenset(granted), withheld=frozenset(withheld), known=wanted | declared
    )
    assert allowed == sorted(wanted)
