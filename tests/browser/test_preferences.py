"""Language, theme and keys: set once, kept."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from shouwen.project.demo.cast import LINES

from .people import Company

DARK = re.compile(r"\bdark\b")


def test_the_workspace_speaks_english_and_chinese_again(company: Company) -> None:
    person = company.staff("8046")
    person.go("/desk")
    person.page.get_by_role("button", name="English").click()
    expect(person.page.get_by_role("link", name="Work")).to_be_visible()
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    person.page.reload()
    expect(person.page.get_by_role("link", name="Clients")).to_be_visible()
    shown = person.page.locator("main").inner_text()
    for line in LINES:  # names are data: nobody translates them
        shown = shown.replace(line.name, "")
    assert not re.search("[一-鿿]", shown)
    person.page.get_by_role("button", name="中文").click()
    expect(person.page.get_by_role("link", name="工作台")).to_be_visible()
    expect(person.page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_the_workspace_is_light_or_dark_and_stays_so(company: Company) -> None:
    person = company.staff("8046")
    person.go("/tickets")
    html = person.page.locator("html")
    expect(html).not_to_have_class(DARK)
    person.page.get_by_role("button", name="切换主题").click()
    expect(html).to_have_class(DARK)
    person.page.reload()
    expect(html).to_have_class(DARK)
    person.page.get_by_role("button", name="切换主题").click()
    expect(html).not_to_have_class(DARK)


def test_the_portal_speaks_english_and_turns_dark(company: Company) -> None:
    person = company.stranger()
    person.go("/portal/me")
    person.page.get_by_role("button", name="English").click()
    person.page.get_by_role("button", name="Dark").click()
    expect(person.page.locator("html")).to_have_class(DARK)
    person.go("/portal/apply")
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    expect(person.page.locator("html")).to_have_class(DARK)
    assert not re.search("[一-鿿]", person.page.locator("main").inner_text())


def test_the_question_mark_lists_the_keys_of_this_page(company: Company) -> None:
    person = company.staff("8046")
    person.go("/desk")
    expect(person.says("没有进行中的会话")).to_be_visible()
    person.page.keyboard.press("?")
    keys = person.page.get_by_role("dialog", name="按键一览")
    expect(keys).to_contain_text("搜索")
    expect(keys).to_contain_text("下一个会话")
    person.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    person.page.keyboard.press("/")
    expect(person.page.get_by_role("combobox", name=re.compile("^搜索"))).to_be_focused()


def test_a_list_is_kept_as_a_view_opens_with_it_and_comes_back_after_its_deletion(company: Company) -> None:
    person = company.staff("9002")
    person.go("/tickets/queue?kind=fault")
    page = person.page
    heads = page.get_by_role("columnheader")
    expect(heads.first).to_have_text("单号")
    page.get_by_role("button", name="列", exact=True).click()
    page.get_by_role("checkbox", name="标题").press("Alt+ArrowUp")
    page.get_by_role("checkbox", name="已等待").press("Space")
    page.keyboard.press("Escape")
    expect(heads).to_have_text(["标题", "单号", "类型", "客户", "最近时限", "操作"])
    page.get_by_role("button", name="视图").click()
    page.get_by_role("button", name="另存为视图").click()
    page.get_by_label("视图名称").fill("只看故障")
    page.get_by_label("打开列表时先用它").check()
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile(r"kind=fault&view="))
    person.go("/tickets/queue")
    expect(page).to_have_url(re.compile(r"kind=fault&view="))
    page.get_by_role("button", name="只看故障").click()
    page.get_by_role("button", name="删除 只看故障").click()
    expect(page.get_by_role("button", name="只看故障", exact=True)).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("button", name="只看故障", exact=True)).to_be_visible()
    page.get_by_role("button", name="删除 只看故障").click()
    expect(page).not_to_have_url(re.compile("view="))


def test_a_script_that_the_policy_forbids_is_stopped_and_noticed(company: Company) -> None:
    person = company.newcomer()
    person.go("/sign-in")
    plant = "document.head.append(Object.assign(document.createElement('script'), { text: 'window.planted = 1' }))"
    with person.page.expect_console_message(lambda said: "CSP violation: script-src" in said.text):
        person.page.evaluate(plant)
    assert person.page.evaluate("() => 'planted' in window") is False
    assert person.watch.faults
    person.watch.faults.clear()
