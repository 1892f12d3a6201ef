"""The demo goes without a trace where it is alone, and stays where something real hangs on it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from shouwen.accounts.tests.factories import staff
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
def test_where_there_is_no_demo_nothing_is_removed() -> None:
    staff("3344")
    with pytest.raises(DemoStays, match="There is no demo data here"):
        refuse_unless_demo()


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
