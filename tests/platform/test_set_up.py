"""The first administrator, from the link that the first start prints."""

from __future__ import annotations

import pytest

from shouwen.accounts.errors import SetUpRefused, WeakPassword
from shouwen.accounts.tests.factories import PASSWORD, staff
from shouwen.kit.testing import ApiClient
from shouwen.project.first_start import issue_link

pytestmark = pytest.mark.django_db


def test_the_set_up_link_makes_the_administrator_once() -> None:
    token = issue_link().rpartition("#")[2].rpartition("=")[2]
    body = {"token": token, "organisation": "江海通信", "number": "1", "name": "管理员", "password": PASSWORD}
    assert ApiClient().post("/api/set-up", body).json()["roles"] == ["system_management"]
    again = ApiClient().post("/api/set-up", {**body, "number": "2"})
    assert (again.status_code, again.json()["code"]) == (403, "first-start-refused")


def test_a_weak_password_leaves_the_set_up_link_usable() -> None:
    token = issue_link().rpartition("#")[2].rpartition("=")[2]
    body = {"token": token, "organisation": "江海通信", "number": "1", "name": "管理员", "password": "12345678901"}
    assert ApiClient().post("/api/set-up", body).json()["code"] == WeakPassword.code
    assert ApiClient().post("/api/set-up", {**body, "password": PASSWORD}).status_code == 201


def test_where_somebody_works_already_even_a_good_link_makes_nobody() -> None:
    staff("8021")
    token = issue_link().rpartition("#")[2].rpartition("=")[2]
    body = {"token": token, "organisation": "江海", "number": "1", "name": "管理员", "password": PASSWORD}
    assert ApiClient().post("/api/set-up", body).json()["code"] == SetUpRefused.code
