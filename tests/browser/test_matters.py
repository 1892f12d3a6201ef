"""What a customer can do about his matter, and what the people behind it see of that at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .people import Company, Customer, Staff

ANSWER = "已核实并退回 38 元，预计明天到账。"


@pytest.fixture
def office(company: Company) -> Staff:
    """周建平 of the back office."""
    return company.staff("9001")


@pytest.fixture
def customer(company: Company) -> Customer:
    """李雯雯."""
    return company.customer("15400003308")


def _taken(customer: Customer, office: Staff, title: str) -> str:
    number = customer.open_matter(title)
    office.act(number, "take")
    office.go(f"/tickets/{number}")
    customer.go(f"/portal/matters/{number}")
    expect(customer.page.get_by_role("heading", name=title)).to_be_visible()
    expect(office.page.get_by_role("heading", name=title)).to_be_visible()
    return number


@pytest.mark.req("R-PRC-015")
def test_an_answer_that_does_not_help_is_sent_back_to_the_same_owner(customer: Customer, office: Staff) -> None:
    """No closing against the customer's word: he says what is not solved, and who was asked first goes on."""
    number = _taken(customer, office, "退费没有到账")
    office.act(number, "resolve", {"answer": ANSWER})
    expect(customer.says(ANSWER)).to_be_visible()
    customer.page.get_by_role("button", name="没有解决").click()
    customer.page.get_by_label("哪里没有解决").fill("钱还是没有到")
    customer.page.get_by_role("button", name="要求重新处理").click()
    expect(customer.page.get_by_role("dialog")).to_be_hidden()
    expect(customer.page.locator("[aria-current=step]")).to_have_text("处理")
    expect(office.says("重办 1 次")).to_be_visible()
    expect(office.says(re.compile("钱还是没有到"))).to_be_visible()
    assert office.api.get(f"/tickets/{number}")["owner"]["number"] == "9001"


def test_urging_tells_the_owner_at_once(customer: Customer, office: Staff) -> None:
    _taken(customer, office, "催了几次没有人回")
    before = int(office.api.get("/notices/unread")["unread"])
    customer.page.get_by_role("button", name="催办").click()
    customer.page.get_by_role("button", name="确认催办").click()
    expect(customer.page.get_by_role("dialog")).to_be_hidden()
    expect(office.page.get_by_role("button", name=f"通知，{before + 1} 条未读")).to_be_visible()
    expect(customer.page.get_by_role("list", name="办理过程")).to_contain_text("催")


def test_a_supplement_appears_in_the_process_on_the_owners_screen(customer: Customer, office: Staff) -> None:
    _taken(customer, office, "账单地址写错了")
    customer.page.get_by_role("button", name="补充说明").click()
    customer.page.get_by_label("补充内容").fill("正确的地址是人民路 8 号")
    customer.page.get_by_role("button", name="提交补充说明").click()
    expect(customer.page.get_by_role("dialog")).to_be_hidden()
    expect(office.page.get_by_role("list", name="处理过程")).to_contain_text("正确的地址是人民路 8 号")
    expect(customer.page.get_by_role("list", name="办理过程")).to_contain_text("正确的地址是人民路 8 号")


@pytest.mark.req("R-ACC-008")
def test_the_link_in_a_message_confirms_one_matter_and_shows_nothing_else(
    company: Company, customer: Customer, office: Staff
) -> None:
    """Accepted, answered, and closed by the customer's word, given through a link that shows no personal data."""
    number = _taken(customer, office, "宽带费多扣一个月")
    place = customer.product.journal.length
    office.act(number, "resolve", {"answer": ANSWER})
    found = customer.product.journal.wait_for(rf"{number}.*?(/portal/m/[\w-]+)", after=place)
    stranger = company.stranger()
    stranger.go(found[1])
    expect(stranger.says(ANSWER)).to_be_visible()
    shown = stranger.page.locator("body").inner_text()
    assert not re.search(r"李雯雯|李\*|3308|登录名", shown)
    stranger.page.get_by_role("button", name="已解决，确认").click()
    stranger.page.get_by_role("button", name="确认已解决").click()
    expect(stranger.page.get_by_text("已完成")).to_be_visible()
    expect(office.page.locator("header.head").get_by_text("已归档")).to_be_visible()
    expect(customer.page.locator(".band").get_by_text("已完成")).to_be_visible()


def test_two_people_change_one_ticket_and_the_second_keeps_what_he_wrote(
    company: Company, customer: Customer, office: Staff
) -> None:
    number = _taken(customer, office, "流量包没有生效")
    office.page.get_by_role("button", name="办结").click()
    dialog = office.page.get_by_role("dialog", name=re.compile("^办结"))
    dialog.get_by_label("给客户的答复").fill(ANSWER)
    company.staff("7001").act(number, "resolve", {"answer": "班长先答复了。"})
    expect(dialog.get_by_role("alert")).to_contain_text("您填写的内容已保留")
    expect(dialog.get_by_role("button", name="办结工单")).to_be_disabled()
    expect(dialog.get_by_label("给客户的答复")).to_have_value(ANSWER)
