"""The whole way of one request, at the screens of the three people who meet in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .people import Company, Customer, Staff

TITLE = "宽带夜里反复掉线"
ANSWER = "已更换分光器端口，今天 15:00 起线路恢复正常，请您确认。"


@pytest.mark.req("R-ACC-033", "R-AGT-011", "R-INF-009")
def test_a_request_goes_from_the_first_word_to_the_customers_yes_without_a_reload(
    company: Company, shoot: Callable[[Page, str], None]
) -> None:
    """One chat, one owner on both sides, a ticket whose steps the customer sees as they happen, closed by his yes."""
    agent, customer, office = company.staff("8021"), company.customer("15400006620"), company.staff("9001")
    _meet(agent, customer)
    shoot(agent.page, "desk")
    number = _record(agent)
    office.go("/tickets/queue")
    row = office.page.get_by_role("row").filter(has_text=number)
    _complete(agent)
    customer.go(f"/portal/matters/{number}")
    expect(customer.says("方以宁")).to_be_visible()
    row.get_by_role("button", name="受理").click()
    expect(office.page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(office.says("方以宁 8021")).to_be_visible()
    expect(_step(customer)).to_have_text("处理")
    shoot(office.page, "ticket")
    listed = office.page.get_by_role("complementary", name="工单").get_by_role("listitem").filter(has_text=TITLE)
    expect(listed).to_contain_text("处理中")
    _resolve(office)
    expect(customer.says(ANSWER)).to_be_visible()
    expect(_step(customer)).to_have_text("确认")
    shoot(customer.page, "portal-matter")
    customer.page.get_by_role("button", name="已解决，确认").click()
    customer.page.get_by_role("button", name="确认已解决").click()
    expect(customer.page.locator(".band").get_by_text("已完成")).to_be_visible()
    expect(office.page.locator("header.head").get_by_text("已归档")).to_be_visible()
    expect(listed).to_have_count(0)
    assert agent.api.get(f"/tickets/{number}")["owner"]["number"] == "8021"
    customer.go("/portal/")
    expect(customer.page.get_by_role("article")).to_be_visible()
    shoot(customer.page, "portal-home")


def _meet(agent: Staff, customer: Customer) -> None:
    """A customer writes; the card comes, F2 takes it, and each sees the other's words."""
    agent.go("/desk")
    agent.page.get_by_role("button", name=re.compile("^我的状态")).click()
    agent.page.get_by_role("menuitem", name="空闲").click()
    expect(agent.page.get_by_role("button", name=re.compile("^我的状态.*空闲"))).to_be_visible()
    customer.chat("家里宽带每晚九点后掉线")
    expect(agent.offer).to_contain_text("家里宽带每晚九点后掉线")
    agent.accept()
    expect(agent.transcript.get_by_text("家里宽带每晚九点后掉线")).to_be_visible()
    expect(customer.page.get_by_text("方以宁（8021 号）")).to_be_visible()
    agent.reply("您好，正在为您查线路。")
    expect(customer.messages.get_by_text("正在为您查线路")).to_be_visible()
    customer.say("光猫 LOS 灯也在闪")
    expect(agent.transcript.get_by_text("光猫 LOS 灯也在闪")).to_be_visible()


def _record(agent: Staff) -> str:
    """Fill in the form of this contact and open a ticket with Alt+N; return its number."""
    reasons = agent.api.get("/desk/reasons")
    leaf = next(one for one in reasons["reasons"] if one["parent"])
    parent = next(one for one in reasons["reasons"] if one["code"] == leaf["parent"])
    agent.choose("来电原因", parent["zh"], leaf["zh"])
    agent.choose("处理方式", reasons["handlings"][0]["zh"])
    agent.note.fill("客户反映夜间掉线，已建单。")
    expect(agent.says(re.compile("已自动保存"))).to_be_visible()
    agent.page.keyboard.press("Alt+n")
    drawer = agent.page.get_by_role("dialog", name="建单")
    agent.choose("分类", "网络质量", "宽带", "频繁掉线")
    drawer.get_by_label("标题").fill(TITLE)
    drawer.get_by_label("诉求内容").fill("每晚九点后掉线，LOS 灯闪。")
    with agent.page.expect_response(re.compile("/tickets$")) as answer:
        drawer.get_by_role("button", name="建单").click()
    expect(drawer).to_be_hidden()
    number = str(answer.value.json()["number"])
    expect(agent.page.get_by_role("link", name=number)).to_be_visible()
    return number


def _complete(agent: Staff) -> None:
    """Finish with Ctrl+Enter: the conversation leaves the inbox."""
    agent.page.keyboard.press("Control+Enter")
    expect(agent.says("没有进行中的会话")).to_be_visible()


def _resolve(office: Staff) -> None:
    """Answer in the dialog that Alt+Enter opens."""
    office.page.keyboard.press("Alt+Enter")
    dialog = office.page.get_by_role("dialog", name=re.compile("^办结"))
    dialog.get_by_label("给客户的答复").fill(ANSWER)
    dialog.get_by_role("button", name="办结工单").click()
    expect(dialog).to_be_hidden()


def _step(customer: Customer) -> Locator:
    return customer.page.locator("[aria-current=step]")
