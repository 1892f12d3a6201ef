"""What is decided with care has versions: drafted by one, published by another, never changed after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.kernel.errors import InvalidInput
from shouwen.kit import clock, permissions, versions
from shouwen.kit.models import AuditRow, Version
from shouwen.kit.principals import Principal
from shouwen.kit.testing import FrozenClock, facts
from shouwen.kit.versions import errors

pytestmark = pytest.mark.django_db(transaction=True)
MAY = versions.VIEW


class HoursNeeded(InvalidInput):
    """A norm without hours."""

    code = "hours-needed"
    field = "content.hours"
    zh = "请填写时限。"
    en = "Give the hours."


def whole(content: dict[str, Any]) -> dict[str, Any]:
    if not content.get("hours"):
        raise HoursNeeded
    return content


@pytest.fixture(autouse=True)
def norm() -> Iterator[None]:
    """A room's kind: norms with a time limit."""
    versions.register(
        versions.Kind("test.norm", "规范", "Norm", MAY, MAY, ready=whole, labels={"hours": ("时限", "Hours")})
    )
    yield
    del versions.KINDS["test.norm"]


def writer(number: str = "8101", city: str = "苏州") -> Principal:
    """Somebody who may write and publish, of one unit."""
    return by(staff(number, "data_maintenance", organisation(city), name=f"编{number}"))


def drafted(author: Principal, hours: int | None = 48, key: str = "fault") -> int:
    return versions.draft(by=author, kind="test.norm", key=key, title="障碍时限", content={"hours": hours})


def published(author: Principal, reviewer: Principal, hours: int = 48, **when: Any) -> int:
    version_id = drafted(author, hours)
    versions.submit(by=author, version_id=version_id, revision=1)
    versions.publish(by=reviewer, version_id=version_id, revision=2, **when)
    return version_id


def hours_at(at: Any) -> int | None:
    found = versions.current("test.norm", "fault", at)
    return found.content["hours"] if found else None


def test_nobody_publishes_what_he_wrote() -> None:
    one, other = writer(), writer("8102")
    version_id = drafted(one)
    versions.submit(by=one, version_id=version_id, revision=1)
    with pytest.raises(errors.OwnWork):
        versions.publish(by=one, version_id=version_id, revision=2)
    versions.publish(by=other, version_id=version_id, revision=2)
    assert hours_at(clock.now()) == 48


def test_who_changes_a_draft_is_its_author_too() -> None:
    one, other = writer(), writer("8102")
    version_id = drafted(one)
    versions.edit(by=other, version_id=version_id, revision=1, content={"hours": 24})
    versions.submit(by=one, version_id=version_id, revision=2)
    for author in (one, other):
        with pytest.raises(errors.OwnWork):
            versions.publish(by=author, version_id=version_id, revision=3)


def test_the_database_itself_refuses_a_reviewer_who_is_an_author() -> None:
    one = writer()
    version_id = drafted(one)
    now = clock.now()
    with pytest.raises(IntegrityError, match="kit_version_four_eyes"), transaction.atomic():
        Version.objects.filter(id=version_id).update(
            state="published", reviewer=one.key, valid_from=now, published_at=now
        )


def test_a_version_comes_into_force_on_its_date_and_what_runs_keeps_its_own(clock_at: FrozenClock) -> None:
    one, other = writer(), writer("8102")
    published(one, other, 48)
    tomorrow = clock.now() + timedelta(days=1)
    published(one, other, 24, valid_from=tomorrow)
    assert [hours_at(clock.now()), hours_at(tomorrow)] == [48, 24]
    clock_at.advance(days=2)
    assert hours_at(clock.now()) == 24
    assert versions.version("test.norm", "fault", 1).content == {"hours": 48}
    assert [v.number for v in versions.all_current("test.norm", clock.now())] == [2]


def test_nothing_comes_into_force_in_the_past() -> None:
    one, other = writer(), writer("8102")
    with pytest.raises(errors.TooEarly):
        published(one, other, valid_from=clock.now() - timedelta(seconds=1))


@pytest.mark.req("R-IVR-002")
def test_a_version_is_published_and_rolled_back_while_running_and_the_trail_says_who(clock_at: FrozenClock) -> None:
    """A new version is put in force at run time, and the one before it brought back, each with its audit row."""
    one, other = writer(), writer("8102")
    first = published(one, other, 48)
    clock_at.advance(hours=1)
    published(one, other, 24)
    clock_at.advance(hours=1)
    back = versions.roll_back(by=one, version_id=first)
    versions.publish(by=other, version_id=back, revision=2)
    row = Version.objects.get(id=back)
    assert (row.number, row.based_on, hours_at(clock.now())) == (3, 1, 48)
    verbs = AuditRow.objects.filter(subject_id=back).order_by("id").values_list("verb", "principal")
    assert list(verbs) == [
        ("versions.draft", one.key),
        ("versions.submit", one.key),
        ("versions.roll_back", one.key),
        ("versions.publish", other.key),
    ]


@pytest.mark.req("R-GOV-005")
def test_only_the_unit_that_owns_a_norm_publishes_it() -> None:
    """A norm has an owner unit; a reviewer of any other unit is refused, even one above it."""
    one, stranger = writer(), writer("8103", "南京")
    version_id = drafted(one)
    versions.submit(by=one, version_id=version_id, revision=1)
    with pytest.raises(errors.VersionNotFound):
        versions.publish(by=stranger, version_id=version_id, revision=2)
    above = Principal(kind="staff", id=stranger.id, permissions=one.permissions, organisations=None, unit=stranger.unit)
    with pytest.raises(errors.NotTheOwnerUnit):
        versions.publish(by=above, version_id=version_id, revision=2)
    versions.publish(by=writer("8102"), version_id=version_id, revision=2)
    assert hours_at(clock.now()) == 48


def test_one_change_of_a_thing_at_a_time() -> None:
    one = writer()
    drafted(one)
    with pytest.raises(errors.VersionOpen, match="Version 1"):
        drafted(one)
    drafted(one, key="complaint")


def test_of_two_who_begin_at_once_one_is_refused() -> None:
    one, two = writer(), writer("8102")
    refused: list[Exception] = []

    def begin(who: Principal) -> None:
        try:
            drafted(who)
        except errors.VersionOpen as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=begin, args=(who,)) for who in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Version.objects.count()) == (1, 1)


def test_a_change_made_from_an_old_reading_is_refused() -> None:
    one = writer()
    version_id = drafted(one)
    versions.edit(by=one, version_id=version_id, revision=1, note="改了")
    with pytest.raises(errors.VersionChanged):
        versions.edit(by=one, version_id=version_id, revision=1, note="又改")


def test_what_is_not_complete_cannot_be_reviewed() -> None:
    one = writer()
    version_id = drafted(one, None)
    with pytest.raises(HoursNeeded):
        versions.submit(by=one, version_id=version_id, revision=1)
    assert Version.objects.get().state == "draft"


def test_it_goes_back_to_its_author_with_a_remark() -> None:
    one, other = writer(), writer("8102")
    version_id = drafted(one)
    versions.submit(by=one, version_id=version_id, revision=1)
    with pytest.raises(errors.RemarkNeeded):
        versions.send_back(by=other, version_id=version_id, revision=2, remark=" ")
    versions.send_back(by=other, version_id=version_id, revision=2, remark="时限要与规范一致")
    assert Version.objects.values_list("state", "remark").get() == ("draft", "时限要与规范一致")


def test_what_was_published_never_changes() -> None:
    version_id = published(writer(), writer("8102"))
    with pytest.raises(errors.VersionMoveRefused):
        versions.edit(by=writer(), version_id=version_id, revision=3, content={"hours": 1})
    for change in (
        lambda: Version.objects.update(content={"hours": 1}),
        lambda: Version.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_a_retired_version_ends_the_thing_and_one_withdrawn_early_never_counted(clock_at: FrozenClock) -> None:
    one, other = writer(), writer("8102")
    first = published(one, other, 48)
    later = clock.now() + timedelta(days=3)
    second = published(one, other, 24, valid_from=later)
    clock_at.advance(days=1)
    versions.retire(by=other, version_id=second, revision=3, remark="不改了")
    assert hours_at(later) == 48
    versions.retire(by=other, version_id=first, revision=3, remark="不再适用")
    assert hours_at(clock.now()) is None
    assert hours_at(clock.now() - timedelta(hours=1)) == 48
    assert versions.all_current("test.norm", clock.now()) == []


def test_the_products_own_first_version_is_installed_once() -> None:
    made = [versions.install(kind="test.norm", key="fault", title="障碍", content={"hours": 48}) for _ in "ab"]
    assert made[0] is not None
    assert made[1] is None
    assert hours_at(clock.now()) == 48


def test_reviewers_of_the_unit_hear_of_it() -> None:
    one, other = writer(), writer("8102")
    published(one, other)
    told = [(f["name"], f["audience"]) for f in facts() if f["name"].startswith("kit.Version")]
    unit = one.unit
    assert told == [
        ("kit.VersionSubmitted", [f"review:{unit}", one.key]),
        ("kit.VersionPublished", [f"org:{unit}", one.key]),
    ]


def test_who_may_not_write_is_refused() -> None:
    with pytest.raises(permissions.PermissionRefused):
        drafted(by(staff("8021")))


def test_over_http_from_draft_to_comparison() -> None:
    one, other = (staff_client(staff(n, "data_maintenance", name=n)) for n in ("8101", "8102"))
    body = {"kind": "test.norm", "key": "fault", "title": "障碍时限", "content": {"hours": 48}}
    made = one.post("/api/versions", body).json()
    path = f"/api/versions/{made['id']}"
    assert (made["state"], made["can"]) == ("draft", ["edit", "discard", "submit"])
    assert one.post(f"{path}/submit").status_code == 428
    assert one.post(f"{path}/submit", If_Match='"1"').json()["can"] == ["send_back"]
    done = other.post(f"{path}/publish", {}, If_Match='"2"').json()
    assert (done["state"], done["in_force"], done["reviewer_name"]) == ("published", True, "8102")
    again = other.post("/api/versions", body | {"content": {"hours": 24}}).json()
    found = one.get(f"/api/versions/{again['id']}/compare").json()
    assert (found["older"], [c["zh"] for c in found["changes"]]) == (1, ["时限：由「48」改为「24」"])
    rows = one.get("/api/versions", kind="test.norm", limit=1).json()
    assert (rows["items"][0]["number"], len(one.get("/api/versions", cursor=rows["next"]).json()["items"])) == (2, 1)
    assert other.delete(f"/api/versions/{again['id']}", If_Match='"1"').status_code == 204
    assert staff_client(staff("8021")).get("/api/versions").status_code == 403
