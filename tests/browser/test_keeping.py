"""Nothing typed is lost and nothing is done twice: reloads, killed servers, double clicks, ended sessions."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from shouwen.project.demo.cast import PASSWORD

from .people import Company, Customer, Staff

SAVED = re.compile("已自动保存")
BACK = 30_000  # a killed process is back within this, on a busy machine too


@pytest.fixture
def agent(company: Company) -> Staff:
    """方以宁, ready."""
    person = company.staff("8021")
    person.be("ready")
    person.go("/desk")
    return person


@pytest.fixture
def customer(company: Company) -> Customer:
    """张庆."""
    return company.customer("15400007712")


@pytest.fixture
def talking(agent: Staff, customer: Customer) -> tuple[Staff, Customer]:
    """The two in a conversation."""
    customer.chat("新号码收不到短信", topic="携号转网")
    agent.accept()
    return agent, customer


def test_drafts_survive_a_reload_and_a_killed_server(talking: tuple[Staff, Customer]) -> None:
    agent, customer = talking
    agent.box.fill("请您先重启手机，")
    agent.note.fill("客户换卡后收不到验证短信")
    expect(agent.says(SAVED)).to_be_visible()
    customer.box.fill("银行的短信")
    agent.product.kill("web")
    agent.page.reload()
    customer.page.reload()
    expect(agent.box).to_have_value("请您先重启手机，", timeout=BACK)
    expect(agent.note).to_have_value("客户换卡后收不到验证短信")
    expect(customer.box).to_have_value("银行的短信")


def test_what_is_sent_and_typed_while_the_server_is_gone_arrives_once(talking: tuple[Staff, Customer]) -> None:
    agent, customer = talking
    agent.product.kill("web")
    agent.box.fill("稍等，正在查")
    agent.box.press("Enter")
    agent.note.fill("写在服务中断的时候")
    customer.box.fill("好的，谢谢")
    customer.box.press("Enter")
    expect(customer.messages.get_by_text("稍等，正在查")).to_have_count(1, timeout=BACK)
    expect(agent.transcript.get_by_text("好的，谢谢")).to_have_count(1, timeout=BACK)
    expect(agent.says(SAVED)).to_be_visible(timeout=BACK)
    agent.page.reload()
    expect(agent.note).to_have_value("写在服务中断的时候", timeout=BACK)
    expect(agent.transcript.get_by_text("稍等，正在查")).to_have_count(1)


def test_what_happens_while_the_live_line_is_cut_is_told_afterwards(talking: tuple[Staff, Customer]) -> None:
    agent, customer = talking
    for part in ("live", "door"):
        agent.product.kill(part)
        customer.box.fill(f"{part} 断开时说的")
        customer.box.press("Enter")
        expect(agent.transcript.get_by_text(f"{part} 断开时说的")).to_have_count(1, timeout=BACK)
        expect(customer.messages.get_by_text(f"{part} 断开时说的")).to_have_count(1, timeout=BACK)


def test_a_draft_is_there_on_another_machine(company: Company, talking: tuple[Staff, Customer]) -> None:
    agent, _ = talking
    with agent.page.expect_response(re.compile("/draft$")):
        agent.box.fill("换一台电脑也在")
    elsewhere = company.staff("8021")
    elsewhere.go(agent.page.url.removeprefix(agent.product.url))
    expect(elsewhere.box).to_have_value("换一台电脑也在")


def test_a_double_click_does_it_once(agent: Staff, customer: Customer) -> None:
    customer.go("/portal/chat")
    customer.page.get_by_label("您的问题").fill("双击开始对话")
    customer.page.get_by_role("button", name="开始对话").dblclick()
    expect(customer.messages.get_by_text("双击开始对话")).to_have_count(1)
    expect(agent.offer).to_be_visible()
    agent.offer.get_by_role("button", name="接待").dblclick()
    agent.box.fill("双击发送")
    agent.page.get_by_role("button", name="发送", exact=True).dblclick()
    expect(customer.messages.get_by_text("双击发送")).to_have_count(1)
    agent.page.keyboard.press("Alt+n")
    drawer = agent.page.get_by_role("dialog", name="建单")
    agent.choose("分类", "网络质量", "短信", "收不到")
    drawer.get_by_label("标题").fill("双击建单")
    drawer.get_by_label("诉求内容").fill("收不到短信")
    drawer.get_by_role("button", name="建单").dblclick()
    expect(drawer).to_be_hidden()
    made = [one["title"] for one in customer.api.get("/matters")["items"]]
    assert made.count("双击建单") == 1
    assert len(agent.api.get("/desk/inbox?box=active")["items"]) == 1
    conversation = agent.page.url.rsplit("/", 1)[1]
    said = [one["body"] for one in agent.api.get(f"/desk/conversations/{conversation}/messages")["items"]]
    assert (said.count("双击开始对话"), said.count("双击发送")) == (1, 1)


def test_a_matter_handed_in_with_a_double_click_is_one_matter(customer: Customer) -> None:
    customer.go("/portal/apply")
    customer.page.get_by_label("一句话说明").fill("双击提交报障")
    customer.page.get_by_label("详细情况").fill("家里断网，光猫亮红灯")
    customer.page.get_by_role("button", name="提交报障").dblclick()
    expect(customer.page.get_by_role("heading", name="双击提交报障")).to_be_visible()
    made = [one["title"] for one in customer.api.get("/matters")["items"]]
    assert made.count("双击提交报障") == 1


def test_an_expired_session_keeps_the_page_and_the_draft_until_the_sign_in(talking: tuple[Staff, Customer]) -> None:
    agent, customer = talking
    agent.box.fill("会话过期前写的")
    agent.context.clear_cookies(name="sw_staff")  # whatever the page asks next meets the end of the session
    again = agent.page.get_by_role("dialog", name="登录")
    expect(again).to_contain_text("填写的内容已保留")
    again.get_by_label("密码").fill(PASSWORD)
    again.get_by_role("button", name="登录").click()
    expect(again).to_be_hidden()
    expect(agent.box).to_have_value("会话过期前写的")
    agent.box.press("Enter")
    expect(customer.messages.get_by_text("会话过期前写的")).to_be_visible()


def _ask_for_code(person: Customer) -> None:
    person.page.get_by_label("手机号").fill("154 0000 9013")
    person.page.get_by_role("button", name="获取验证码").click()


def test_a_half_written_matter_survives_the_sign_in(company: Company) -> None:
    stranger = company.stranger()
    stranger.go("/portal/apply")
    stranger.page.get_by_label("一句话说明").fill("登录之前写的")
    stranger.page.get_by_label("详细情况").fill("这一段不能丢")
    stranger.page.get_by_role("button", name="登录并提交").click()
    expect(stranger.page.get_by_role("heading", name="用手机号登录")).to_be_visible()
    place = stranger.product.journal.length
    _ask_for_code(stranger)
    code = stranger.product.code_for("15400009013", after=place)
    expect(stranger.page.get_by_text("验证码已发出")).to_be_visible()
    stranger.page.reload()  # as a telephone does while its owner reads the message
    _ask_for_code(stranger)
    expect(stranger.page.get_by_text("获取验证码过于频繁")).to_be_visible()
    stranger.page.get_by_label("验证码", exact=True).fill(code)
    stranger.page.get_by_role("button", name="登录").click()
    expect(stranger.page.get_by_label("一句话说明")).to_have_value("登录之前写的")
    stranger.page.get_by_role("button", name="提交报障").click()
    expect(stranger.page.get_by_role("heading", name="登录之前写的")).to_be_visible()
