"""The portal in a hand: 390 by 844."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .people import PHONE, Company, Customer

TABS = ("首页", "办理", "进度", "客服", "我的")


def _fits(person: Customer) -> None:
    width = person.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], person.page.url


def test_a_customer_signs_in_hands_in_a_complaint_and_follows_it_on_the_phone(
    company: Company, shoot: Callable[[Page, str], None]
) -> None:
    person = company.stranger(viewport=PHONE, is_mobile=True, has_touch=True)
    person.go("/portal/sign-in")
    place = person.product.journal.length
    person.page.get_by_label("手机号").fill("15400002274")
    person.page.get_by_role("button", name="获取验证码").tap()
    person.page.get_by_label("验证码", exact=True).fill(person.product.code_for("15400002274", after=place))
    person.page.get_by_role("button", name="登录").tap()
    expect(person.page.get_by_role("heading", name="孙一鸣")).to_be_visible()
    tabs = person.page.get_by_role("navigation", name="底部导航").get_by_role("link")
    expect(tabs).to_have_text(list(TABS))
    tabs.filter(has_text="办理").tap()
    person.page.get_by_text("我要投诉").tap()
    person.page.get_by_label("一句话说明").fill("套餐外扣费没有提醒")
    person.page.get_by_label("详细情况").fill("本月多扣 20 元，没有收到短信提醒。")
    _fits(person)
    person.page.get_by_role("button", name="提交投诉").tap()
    expect(person.page.get_by_role("heading", name="套餐外扣费没有提醒")).to_be_visible()
    expect(person.page.locator("[aria-current=step]")).to_have_text("受理")
    _fits(person)
    shoot(person.page, "phone-matter")
    person.go("/portal/")
    expect(person.page.get_by_role("article")).to_contain_text("套餐外扣费没有提醒")
    shoot(person.page, "phone-home")


def test_no_page_of_the_portal_is_wider_than_the_phone(company: Company) -> None:
    person = company.customer("15400006620", viewport=PHONE, is_mobile=True, has_touch=True)
    for page in ("", "apply", "matters", "chat", "me", "sign-in", "no-such-page"):
        person.go(f"/portal/{page}")
        expect(person.page.locator("main")).not_to_be_empty()
        _fits(person)
