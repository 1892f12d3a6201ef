"""Time limits at the screens of those who keep them, and why a ticket's deadline is when it is."""

from __future__ import annotations

from playwright.sync_api import expect

from .people import Company

RULE = "/admin/limits/policy?rule=fault.handling.rural"


def test_a_limit_is_written_by_one_published_by_another_and_tried_out(company: Company) -> None:
    author, reviewer = company.staff("5001"), company.staff("7001")
    author.go(RULE)
    author.page.get_by_role("button", name="修改", exact=True).click()
    author.page.get_by_label("小时", exact=True).fill("60")
    author.page.get_by_role("button", name="保存拟稿").click()
    expect(author.page.get_by_text("由「3 天」改为「60 小时」")).to_be_visible()
    author.page.get_by_role("button", name="提交审核").click()
    expect(author.page.get_by_text("等待归口单位的另一位同事审核发布")).to_be_visible()
    reviewer.go(RULE)
    reviewer.page.get_by_role("button", name="审核通过并发布").click()
    expect(reviewer.page.get_by_text("处理 60 小时").first).to_be_visible()
    reviewer.page.get_by_role("tab", name="试算").click()
    reviewer.page.get_by_label("区域").select_option("rural")
    expect(reviewer.page.get_by_text("时长 60 小时，昼夜连续计算")).to_be_visible()


def test_a_ticket_says_why_its_deadlines_are_when_they_are(company: Company) -> None:
    person = company.staff("7001")
    person.go("/tickets?box=all")
    person.page.get_by_text("宽带断网").first.click()
    person.page.get_by_role("tab", name="时限依据").click()
    expect(person.page.get_by_text("适用「故障处理时限」第 1 版：类型为故障")).to_be_visible()
    expect(person.page.get_by_text("用去 80%").first).to_be_visible()
