"""Pages by cursor neither skip nor repeat, whatever comes and goes in between."""

from __future__ import annotations

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.kit.api import page_of
from shouwen.kit.api.paging import CursorInvalid

pytestmark = pytest.mark.django_db


def pages(order: tuple[str, ...], limit: int) -> list[str]:
    cursor, seen = "", []
    while True:
        rows = Staff.objects.values("id", "number", "name", "active")
        page = page_of(rows, order=order, cursor=cursor, limit=limit, shape=lambda r: r["number"])
        seen += page.items
        if page.next is None:
            return seen
        cursor = page.next


@pytest.mark.parametrize("order", [("number", "id"), ("-number", "-id"), ("name", "-id"), ("-active", "number", "id")])
def test_pages_together_are_the_whole_list_in_order(order: tuple[str, ...]) -> None:
    for number in range(7):
        staff(str(8000 + number), name="甲" if number % 2 else "乙", active=number != 3)
    assert pages(order, 3) == list(Staff.objects.order_by(*order).values_list("number", flat=True))


def test_a_row_that_disappears_between_pages_hides_no_other() -> None:
    for number in range(4):
        staff(str(8000 + number))
    rows = Staff.objects.values("id", "number")
    first = page_of(rows, order=("number", "id"), limit=2, shape=lambda r: r["number"])
    Staff.objects.filter(number="8000").delete()
    rest = page_of(rows, order=("number", "id"), cursor=first.next or "", limit=2, shape=lambda r: r["number"])
    assert (first.items, rest.items, rest.next) == (["8000", "8001"], ["8002", "8003"], None)


def test_a_cursor_of_another_list_or_order_is_refused() -> None:
    staff("8000"), staff("8001")
    rows = Staff.objects.values("id", "number")
    made = page_of(rows, order=("number", "id"), limit=1, shape=dict).next or ""
    for cursor, order in (("bm9uc2Vuc2U", ("number", "id")), (made, ("-number", "-id"))):
        with pytest.raises(CursorInvalid):
            page_of(rows, order=order, cursor=cursor, shape=dict)


def test_a_made_up_cursor_is_a_problem_that_names_the_field() -> None:
    answer = staff_client(staff()).get("/api/staff", cursor="nonsense")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")
