"""Who meets whom: visitors, people who leave, two agents at one conversation, signing in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from shouwen.project.demo.cast import PASSWORD

from .people import Company


def test_a_visitor_chats_without_signing_in_and_can_be_recognised(company: Company) -> None:
    agent, visitor = company.staff("8021"), company.stranger()
    agent.be("ready")
    agent.go("/desk")
    visitor.chat("想办一条新宽带", topic="其他问题")
    expect(agent.offer).to_contain_text("访客")
    agent.accept()
    agent.reply("您好，请问装在哪里？")
    expect(visitor.messages.get_by_text("请问装在哪里")).to_be_visible()
    agent.page.get_by_label("查找客户").fill("15400002274")
    agent.page.get_by_role("button", name="关联").click()
    expect(agent.page.get_by_role("heading", level=1)).to_contain_text("孙")


def test_a_second_agent_sees_whose_conversation_it_is_and_cannot_speak_in_it(company: Company) -> None:
    agent, leader, customer = company.staff("8021"), company.staff("7001"), company.customer("15400003071")
    agent.be("ready")
    agent.go("/desk")
    customer.chat("营业厅几点开门", topic="其他问题")
    agent.accept()
    place = agent.page.url.removeprefix(agent.product.url)
    leader.go(place)
    expect(leader.says("会话由 方以宁 处理")).to_be_visible()
    expect(leader.transcript.get_by_text("营业厅几点开门")).to_be_visible()
    expect(leader.box).to_have_count(0)
    refused = leader.api.ask("POST", f"/desk/conversations/{place.rsplit('/', 1)[1]}/messages", {"body": "我也来说"})
    assert refused.status == 409
    assert "方以宁" in refused.json()["detail"]


def test_a_customer_who_leaves_while_waiting_is_offered_to_nobody(company: Company) -> None:
    agent, customer = company.staff("8033"), company.customer("15400003071")
    customer.chat("不想等了", topic="其他问题")
    expect(customer.says("正在为您接通客服")).to_be_visible()
    customer.page.get_by_role("button", name="结束对话").click()
    customer.page.get_by_role("dialog").get_by_role("button", name="结束对话").click()
    expect(customer.says("本次对话已结束")).to_be_visible()
    agent.be("ready")
    agent.go("/desk")
    expect(agent.says("没有进行中的会话")).to_be_visible()
    assert agent.api.get("/desk/offers") == []


def test_a_customer_who_leaves_at_the_moment_of_assignment_takes_the_card_away(company: Company) -> None:
    agent, customer = company.staff("8033"), company.customer("15400003071")
    agent.be("ready")
    agent.go("/desk")
    customer.chat("问一下就走", topic="其他问题")
    expect(agent.offer).to_be_visible()
    customer.api.post(f"/chats/{customer.api.get('/chats/current')['id']}/end")
    expect(agent.offer).to_be_hidden()
    agent.page.keyboard.press("F2")
    expect(agent.says("没有进行中的会话")).to_be_visible()
    assert agent.api.get("/desk/inbox?box=active")["items"] == []


def test_a_refused_offer_goes_to_the_next_agent(company: Company) -> None:
    first, second, customer = company.staff("8021"), company.staff("8033"), company.customer("15400003071")
    first.be("ready")
    first.go("/desk")
    customer.chat("谁来接待都行", topic="其他问题")
    expect(first.offer).to_be_visible()
    second.go("/desk")
    second.be("ready")
    first.offer.get_by_role("button", name="拒绝").click()
    expect(first.offer).to_be_hidden()
    second.accept()
    expect(customer.says("沈佳（8033 号）")).to_be_visible()


def test_a_wrong_password_says_so_and_the_right_one_leads_to_the_asked_page(company: Company) -> None:
    person = company.newcomer()
    person.go("/tickets/queue")
    person.page.get_by_label("工号").fill("9002")
    person.page.get_by_label("密码").fill("not-the-password")
    person.page.get_by_role("button", name="登录").click()
    expect(person.page.get_by_role("alert")).to_have_text(re.compile("工号或密码"))
    expect(person.page.get_by_label("工号")).to_have_value("9002")
    person.page.get_by_label("密码").fill(PASSWORD)
    person.page.get_by_role("button", name="登录").click()
    expect(person.page.get_by_role("heading", name="待受理工单")).to_be_visible()


@pytest.mark.req("R-INF-011")
def test_signing_out_ends_the_session_in_every_tab(company: Company) -> None:
    """A browser is all it needs; and one sign-out closes what stands open in it."""
    person = company.newcomer()
    person.go("/sign-in")
    person.page.get_by_label("工号").fill("9002")
    person.page.get_by_label("密码").fill(PASSWORD)
    person.page.get_by_role("button", name="登录").click()
    person.page.get_by_role("button", name="我的账号").click()
    person.page.get_by_role("menuitem", name="退出登录").click()
    expect(person.page).to_have_url(re.compile("/sign-in"))
    person.go("/tickets")
    expect(person.page).to_have_url(re.compile("/sign-in"))
