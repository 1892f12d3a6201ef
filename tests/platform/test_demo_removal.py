"""The demo goes without a trace where it is alone, and stays where something real hangs on it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import ApiClient
from shouwen.project import demo_removal
from shouwen.project.demo import fill
from shouwen.project.demo.removal import DemoStays, hindrances, refuse_unless_demo
from tests import prepared

from .test_keeping import shouwen


@pytest.mark.django_db
def test_the_demo_alone_hinders_nothing() -> None:
    fill()
    assert hindrances() == []
    refuse_unless_demo()


@pytest.mark.django_db
def test_a_person_of_ones_own_keeps_the_demo_in_place_and_is_named() -> None:
    fill()
    staff("3344")
    with pytest.raises(DemoStays, match=r"staff: 3344.*SHOUWEN_DATA"):
        refuse_unless_demo()


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["3344", "1001"])
def test_where_there_is_no_demo_nothing_is_removed(number: str) -> None:
    """A centre of one's own is no demo, also where its staff numbers are like the demo's."""
    staff(number)
    with pytest.raises(DemoStays, match="There is no demo data here"):
        refuse_unless_demo()


@pytest.mark.django_db
def test_on_the_page_the_demo_goes_only_by_its_name_and_where_a_supervisor_can_do_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill()
    place = "/api/set-up/sample-data"
    admin, agent = (staff_client(Staff.objects.get(number=number)) for number in ("1001", "8021"))
    assert agent.post(f"{place}/removal", {"name": "江海通信"}).status_code == 403
    found = admin.get(place).json()
    assert (found["there"], found["name"], found["others"]) == (True, "江海通信", [])
    wrong = admin.post(f"{place}/removal", {"name": "江海"}).json()
    assert (wrong["code"], wrong["errors"][0]["field"]) == ("operator-name-differs", "name")
    assert admin.post(f"{place}/removal", {"name": "江海通信"}).json()["code"] == "removal-not-supervised"
    assert demo_removal.pending(settings.CONFIG) is None
    monkeypatch.setattr(demo_removal, "is_supervised", lambda _config: True)
    link = admin.post(f"{place}/removal", {"name": "江海通信"}).json()["link"]
    asked = demo_removal.pending(settings.CONFIG)
    demo_removal.done(settings.CONFIG)
    assert asked is not None
    assert asked.by.startswith("顾盼")
    assert AuditRow.objects.filter(verb="set-up.demo.remove").count() == 1
    token = link.rpartition("=")[2]
    assert ApiClient().get("/api/set-up/link", token=token).json() == {"state": "gone"}  # the demo is still there
    staff("3344")
    assert admin.post(f"{place}/removal", {"name": "江海通信"}).json()["code"] == "sample-data-mixed"


@pytest.mark.installation
def test_after_the_removal_the_installation_is_as_new_and_the_demo_is_in_a_backup() -> None:
    with tempfile.TemporaryDirectory(prefix="swd") as short:
        data = Path(short) / "data"
        Path(short).chmod(0o711)
        prepared.copy("demo", data)
        said = shouwen("demo", "--remove", data=data)
        assert "The demo is gone" in said
        assert len(list((data / "backups").glob("shouwen-*"))) == 1
        assert "There is no demo data here" in shouwen("demo", "--remove", data=data, status=1)
        assert "✓ ownerless: 0" in shouwen("doctor", "--promise", data=data)
