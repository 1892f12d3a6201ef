"""The live board: each figure opens the list it counts, and equals it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .people import Company, Staff

COUNTS = ("排队人数", "在岗坐席", "来访", "接起", "放弃", "在办会话", "在途工单", "超时工单")


@pytest.fixture
def leader(company: Company) -> Staff:
    """蒋雨 at her board."""
    person = company.staff("7001")
    person.go("/board")
    expect(person.page.get_by_role("region", name="首问承诺")).to_be_visible()
    return person


def _drawer(leader: Staff) -> Locator:
    return leader.page.get_by_role("dialog")


def _rows(leader: Staff) -> Locator:
    return _drawer(leader).locator("tbody tr")


def _look(leader: Staff, button: Locator) -> None:
    """Open a figure's list, compare it with the figure once what was just done is counted, close it."""
    name = button.inner_text().split("\n")[0]
    button.click()
    counted = _drawer(leader).get_by_role("status")
    expect(counted).to_contain_text(re.compile(r"共 \d+ 条"))
    rows = int(re.findall(r"\d+", counted.inner_text())[0])
    if name in COUNTS:
        expect(button).to_contain_text(re.compile(rf"^\s*{name}\s+{rows}(?!\d)"), use_inner_text=True)
    expect(_rows(leader)).to_have_count(rows)
    leader.page.keyboard.press("Escape")
    expect(_drawer(leader)).to_have_count(0)


def test_every_figure_equals_the_list_it_opens(
    company: Company, leader: Staff, shoot: Callable[[Page, str], None]
) -> None:
    agent, customer, waiting = company.staff("8021"), company.customer("15400004419"), company.stranger()
    agent.be("ready")
    agent.go("/desk")
    customer.chat("专线很慢")
    agent.accept()
    agent.be("not_ready")
    waiting.chat("有人吗", topic="其他问题")
    expect(leader.page.get_by_role("button", name=re.compile(r"^排队人数 1\b"))).to_be_visible()
    shoot(leader.page, "board")
    for place in ("关键指标", "更多指标"):
        for button in leader.page.get_by_role("region", name=place).locator(":scope > button").all():
            _look(leader, button)


def test_the_promise_stands_on_the_board(leader: Staff) -> None:
    tile = leader.page.get_by_role("region", name="首问承诺")
    expect(tile.get_by_role("status")).to_have_text("没有丢失、重复或无人负责的事项")
    for name in ("丢失", "重复", "无人负责"):
        tile.get_by_role("button", name=f"0 {name}").click()
        expect(_drawer(leader).get_by_text("共 0 条")).to_be_visible()
        leader.page.keyboard.press("Escape")
        expect(_drawer(leader)).to_have_count(0)


def test_a_row_of_a_list_leads_to_the_ticket(leader: Staff) -> None:
    leader.page.get_by_role("button", name=re.compile("^在途工单")).click()
    link = _drawer(leader).get_by_role("link").first
    number = link.inner_text().split()[-1]
    link.click()
    expect(leader.page).to_have_url(re.compile(f"/tickets/{number}$"))
