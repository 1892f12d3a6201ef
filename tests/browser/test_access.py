"""How staff come in: a first password is changed, and a second factor is scanned and asked for."""

from __future__ import annotations

import re
import uuid

import pyotp
from playwright.sync_api import expect

from shouwen.project.demo.cast import PASSWORD

from .people import Company, Staff

FIRST, OWN = "start-here-2026", "my-own-otter-7"


def come(person: Staff, number: str, password: str) -> None:
    """Fill the sign-in page."""
    person.go("/sign-in")
    person.page.get_by_label("工号").fill(number)
    person.page.get_by_label("密码").fill(password)
    person.page.get_by_role("button", name="登录").click()


def hired(company: Company) -> str:
    """Let the administrator add somebody; return his number."""
    number, admin = uuid.uuid4().hex[:8], company.staff("1001")
    home = admin.api.get("/session")["organisation_id"]
    body = {"number": number, "name": "新同事", "password": FIRST, "roles": ["quality"], "organisation_id": home}
    admin.api.post("/staff", body)
    return number


def test_a_newcomer_sets_his_own_password_and_a_second_factor(company: Company) -> None:
    number, person, again = hired(company), company.newcomer(), company.newcomer()
    come(person, number, FIRST)
    expect(person.page.get_by_role("heading", name="设置您自己的密码")).to_be_visible()
    for label, word in (("当前密码", FIRST), ("新密码", OWN), ("再输一次新密码", OWN)):
        person.page.get_by_label(label, exact=True).fill(word)
    person.page.get_by_role("button", name="修改密码").click()
    expect(person.page.get_by_role("navigation", name="主导航")).to_be_visible()
    person.go("/account")
    person.page.get_by_role("button", name="扫码启用").click()
    secret = person.page.locator("code.secret").inner_text()
    person.page.get_by_label("6 位动态码").fill(pyotp.TOTP(secret).now())
    person.page.get_by_role("button", name="确认启用").click()
    recovery = person.page.get_by_role("region", name="恢复码").get_by_role("listitem").first.inner_text()
    person.page.get_by_role("button", name="已妥善保存").click()
    come(again, number, OWN)
    again.page.get_by_label(re.compile("^动态验证码")).fill(recovery)
    again.page.get_by_role("button", name="登录").click()
    expect(again.page.get_by_role("navigation", name="主导航")).to_be_visible()
    again.go("/account")
    expect(again.says("剩 9 个恢复码")).to_be_visible()


def test_a_page_that_nobody_touches_says_so_is_covered_and_goes_on_where_it_was(company: Company) -> None:
    person = company.newcomer()
    page = person.page
    page.clock.install()
    come(person, "6001", PASSWORD)
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    person.go("/figures/definitions")
    field = page.get_by_label("查找指标")
    field.fill("接通")
    page.clock.fast_forward("29:00")
    page.get_by_role("button", name="继续工作").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.clock.fast_forward("30:05")
    again = page.get_by_role("dialog", name="登录")
    expect(again).to_contain_text("较长时间没有操作")
    again.get_by_label("密码").fill(PASSWORD)
    again.get_by_role("button", name="登录").click()
    expect(again).to_have_count(0)
    expect(field).to_have_value("接通")
