"""Every page, light and dark, without a violation of WCAG 2.1 A or AA."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, StorageState, expect

from .axe import violations
from .pages import ACCESS, DEFINITIONS, FLOOR, LIMITS, UPKEEP, WORK
from .people import DESK, PHONE, Company, Customer, Staff
from .product import Product


class Visitors:
    """People who look at pages and touch nothing: each keeps his window from page to page, as people do."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._staff: dict[str, Staff] = {}
        self._customers: dict[str, Customer] = {}

    def staff(self, number: str) -> Staff:
        """Return a member of staff."""
        if number not in self._staff:
            self._staff[number] = self._company.staff(number)
        return self._staff[number]

    def customer(self, phone: str) -> Customer:
        """Return a customer."""
        return self._seen(phone, lambda: self._company.customer(phone))

    def stranger(self) -> Customer:
        """Return somebody unknown, with a phone in his hand."""
        return self._seen("", lambda: self._company.stranger(viewport=PHONE))

    def _seen(self, who: str, arrive: Callable[[], Customer]) -> Customer:
        if who not in self._customers:
            self._customers[who] = arrive()
        return self._customers[who]

    def faults(self) -> list[str]:
        """Return what went wrong in their windows so far."""
        return [fault for person in (*self._staff.values(), *self._customers.values()) for fault in person.watch.faults]


@pytest.fixture(scope="module")
def windows(browser: Browser, product: Product, kept: dict[str, StorageState]) -> Iterator[Visitors]:
    """Windows for the whole file."""
    people = Company(browser, product, kept)
    yield Visitors(people)
    assert people.go_home() == []


@pytest.fixture
def visitors(windows: Visitors) -> Iterator[Visitors]:
    """Those who look; no page of theirs may throw or break the content policy."""
    yield windows
    assert windows.faults() == []


PORTAL = ("", "apply", "matters", "chat", "me", "sign-in", "no-such-page")


def _settled(person: Staff | Customer) -> None:
    """Wait until the page shows what it was asked for."""
    expect(person.page.locator("main")).not_to_be_empty()
    expect(person.page.locator("[aria-busy=true], .skeleton")).to_have_count(0)


def test_the_check_sees_a_planted_fault_in_either_theme(company: Company) -> None:
    person = company.newcomer()
    person.go("/sign-in")
    _settled(person)
    person.page.locator("h1").evaluate("(one) => { one.style.color = '#8886' }")
    assert [("color-contrast" in line) for line in violations(person.page)] == [True, True]


@pytest.mark.parametrize("path", ["/sign-in", "/set-up?token=none"])
def test_the_doors_are_accessible(company: Company, path: str) -> None:
    person = company.newcomer()
    person.go(path)
    _settled(person)
    assert violations(person.page) == []


@pytest.mark.parametrize("path", WORK)
def test_every_page_of_the_workspace_is_accessible(visitors: Visitors, path: str) -> None:
    person = visitors.staff("7001")
    person.walk(path)
    _settled(person)
    assert violations(person.page) == []


@pytest.mark.parametrize("path", ACCESS)
def test_the_pages_of_access_are_accessible(visitors: Visitors, path: str) -> None:
    person = visitors.staff("1001")
    person.walk(path)
    _settled(person)
    assert violations(person.page) == []


@pytest.mark.parametrize("path", LIMITS)
def test_the_pages_of_time_limits_are_accessible(company: Company, path: str) -> None:
    person = company.staff("5001")
    person.go(path)
    _settled(person)
    found = violations(person.page)
    if path != "/admin/limits/preview":
        person.page.get_by_role("button", name="修改", exact=True).click()
        expect(person.page.get_by_role("dialog")).to_be_visible()
        found += violations(person.page)
    assert found == []


@pytest.mark.parametrize("path", DEFINITIONS)
def test_the_pages_of_definitions_are_accessible(company: Company, path: str) -> None:
    person = company.staff("1001")
    person.go(path)
    _settled(person)
    found = violations(person.page)
    if path.endswith(("/queue", "/code")):
        person.page.get_by_role("button", name="修改", exact=True).click()
        expect(person.page.get_by_role("dialog")).to_be_visible()
        found += violations(person.page)
    assert found == []


@pytest.mark.parametrize("path", FLOOR)
def test_the_pages_of_the_floor_are_accessible(visitors: Visitors, path: str) -> None:
    person = visitors.staff("7001")
    person.walk(path)
    _settled(person)
    assert violations(person.page) == []


def test_the_administrators_pages_are_accessible(company: Company) -> None:
    person = company.staff("1001")
    person.go("/admin/staff")
    _settled(person)
    assert violations(person.page) == []
    person.page.get_by_role("button", name="新增人员").click()
    expect(person.page.get_by_role("dialog")).to_be_visible()
    assert violations(person.page) == []


@pytest.mark.parametrize("path", UPKEEP)
def test_every_page_of_the_administration_is_accessible(visitors: Visitors, path: str) -> None:
    person = visitors.staff("1001")
    person.walk(path)
    _settled(person)
    assert violations(person.page) == []


def test_the_designer_of_forms_is_accessible(company: Company) -> None:
    person = company.staff("5001")
    person.go("/versions")
    person.page.get_by_role("link", name="投诉登记单").first.click()
    _settled(person)
    found = violations(person.page)
    person.page.get_by_role("button", name="改出新的一版").click()
    expect(person.page.get_by_role("heading", name="表单设计器")).to_be_visible()
    found += violations(person.page)
    person.page.get_by_role("button", name=re.compile("^争议金额")).click()
    assert found + violations(person.page) == []


def test_the_desk_at_work_is_accessible(company: Company) -> None:
    agent, customer = company.staff("8021"), company.customer("15400005566")
    agent.be("ready")
    agent.go("/desk")
    customer.chat("光猫亮红灯")
    expect(agent.offer).to_be_visible()
    found = violations(agent.page)
    agent.accept()
    agent.reply("您好，马上为您查。")
    expect(customer.messages.get_by_text("马上为您查")).to_be_visible()
    found += violations(agent.page) + violations(customer.page)
    agent.page.get_by_role("tab", name="接触历史").click()
    agent.page.keyboard.press("Control+Enter")
    expect(agent.page.get_by_role("alert").first).to_be_visible()
    found += violations(agent.page)
    agent.page.keyboard.press("Alt+n")
    expect(agent.page.get_by_role("dialog", name="建单")).to_be_visible()
    found += violations(agent.page)
    agent.page.keyboard.press("Escape")
    agent.page.get_by_role("button", name="转接").click()
    expect(agent.page.get_by_role("dialog", name="转接会话")).to_be_visible()
    found += violations(agent.page)
    agent.page.keyboard.press("Escape")
    customer.page.get_by_role("button", name="结束对话").click()
    found += violations(customer.page)
    customer.page.get_by_role("dialog").get_by_role("button", name="结束对话").click()
    expect(customer.says("这次服务怎么样")).to_be_visible()
    assert found + violations(customer.page) == []


def test_a_ticket_and_its_dialogs_are_accessible(company: Company) -> None:
    office, customer = company.staff("9001"), company.customer("15400005566")
    number = customer.open_matter("查不到积分")
    office.act(number, "take")
    office.go(f"/tickets/{number}")
    expect(office.page.get_by_role("heading", name="查不到积分")).to_be_visible()
    found = violations(office.page)
    for tab in ("字段", "变更记录"):
        office.page.get_by_role("tab", name=re.compile(tab)).click()
        found += violations(office.page)
    for act in ("办结", "登记联系", "转派"):
        office.page.get_by_role("button", name=act).click()
        expect(office.page.get_by_role("dialog")).to_be_visible()
        found += violations(office.page)
        office.page.get_by_role("button", name="取消").click()
        expect(office.page.get_by_role("dialog")).to_have_count(0)
    office.page.keyboard.press("Alt+n")
    expect(office.page.get_by_role("dialog", name="新建工单")).to_be_visible()
    assert found + violations(office.page) == []


def test_the_lists_of_the_board_and_the_keys_are_accessible(company: Company) -> None:
    leader = company.staff("7001")
    leader.go("/board")
    leader.page.get_by_role("button", name=re.compile("^在途工单")).click()
    expect(leader.page.get_by_role("dialog").get_by_role("row").nth(1)).to_be_visible()
    found = violations(leader.page)
    leader.page.keyboard.press("Escape")
    expect(leader.page.get_by_role("dialog")).to_have_count(0)
    leader.page.keyboard.press("?")
    expect(leader.page.get_by_role("dialog", name="按键一览")).to_be_visible()
    assert found + violations(leader.page) == []


@pytest.mark.parametrize("path", PORTAL)
def test_every_page_of_the_portal_is_accessible_on_the_desk_and_in_the_hand(visitors: Visitors, path: str) -> None:
    person = visitors.customer("15400005566")
    person.page.set_viewport_size(DESK)  # type: ignore[arg-type]
    person.go(f"/portal/{path}")
    _settled(person)
    found = violations(person.page)
    person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert found + violations(person.page) == []


@pytest.mark.parametrize("path", ["", "apply", "matters", "chat", "me"])
def test_the_portal_of_somebody_unknown_is_accessible(visitors: Visitors, path: str) -> None:
    person = visitors.stranger()
    person.go(f"/portal/{path}")
    _settled(person)
    assert violations(person.page) == []


def test_a_matter_its_questions_and_its_link_are_accessible(company: Company) -> None:
    office, customer, stranger = company.staff("9001"), company.customer("15400005566"), company.stranger()
    number = customer.open_matter("短信收不到")
    office.act(number, "take")
    place = office.product.journal.length
    office.act(number, "resolve", {"answer": "已恢复。"})
    customer.go(f"/portal/matters/{number}")
    expect(customer.says("已恢复。")).to_be_visible()
    found = violations(customer.page)
    customer.page.get_by_role("button", name="没有解决").click()
    customer.page.get_by_role("button", name="要求重新处理").click()
    found += violations(customer.page)
    stranger.go(office.product.journal.wait_for(rf"{number}.*?(/portal/m/[\w-]+)", after=place)[1])
    expect(stranger.says("已恢复。")).to_be_visible()
    found += violations(stranger.page)
    stranger.go("/portal/m/not-a-link")
    _settled(stranger)
    assert found + violations(stranger.page) == []


def test_an_impact_assessment_is_begun_from_what_is_due_and_its_page_is_accessible(company: Company) -> None:
    person = company.staff("1001")
    person.go("/admin/privacy/dpia")
    _settled(person)
    person.page.get_by_role("button", name="开始评估").first.click()
    expect(person.page.get_by_label("目的、方式是否合法、正当、必要")).to_be_editable()
    _settled(person)
    assert violations(person.page) == []
    person.page.get_by_role("button", name="提交审核").click()
    expect(person.page.get_by_role("alert").filter(has_text="提交审核前请填写")).to_have_count(6)


def test_what_opens_over_a_page_is_accessible(company: Company) -> None:
    """The views and columns of a list, the help of its page, and one's own menu on a phone."""
    person = company.staff("1001")
    page = person.page
    person.go("/admin/staff")
    _settled(person)
    found = []
    for name in ("视图", "列"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-expanded", "true")
        found += violations(page)
        page.keyboard.press("Escape")
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog")).to_be_visible()
    found += violations(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_role("button", name=re.compile("^我的账号")).click()
    expect(page.get_by_role("menuitem", name="切换主题")).to_be_visible()
    assert found + violations(page) == []


def test_the_arranging_of_a_substitute_is_accessible(company: Company) -> None:
    person = company.staff("7001")
    page = person.page
    person.go("/approvals")
    _settled(person)
    page.get_by_role("button", name="代审批").click()
    drawer = page.get_by_role("dialog", name="请假期间由谁代审批")
    expect(drawer.get_by_text("没有安排代审批")).to_be_visible()
    found = violations(page)
    drawer.get_by_role("button", name="安排代审批").click()
    expect(drawer.get_by_role("alert").filter(has_text="必须填写")).to_have_count(3)
    found += violations(page)
    drawer.get_by_role("button", name="为他人安排").click()
    expect(drawer.get_by_text("谁不在")).to_be_visible()
    assert found + violations(page) == []
