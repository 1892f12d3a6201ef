"""Queues, codes and reasons at the screens of those who define them, and what comes of it at the desk."""

from __future__ import annotations

from playwright.sync_api import expect

from .people import Company


def test_a_break_reason_is_written_by_one_and_published_by_another(company: Company) -> None:
    author, reviewer = company.staff("1001"), company.staff("7001")
    author.go("/admin/definitions/break?key=rest")
    author.page.get_by_role("button", name="修改", exact=True).click()
    minutes = author.page.get_by_label("每天最多", exact=True)
    minutes.fill("0")
    author.page.get_by_role("button", name="保存拟稿").click()
    expect(author.page.get_by_text("「每天最多分钟」不正确：填 1 至 600，或留空。")).to_be_visible()
    minutes.fill("20")
    author.page.get_by_role("button", name="保存拟稿").click()
    expect(author.page.get_by_text("每天最多 30 分钟 → 20 分钟")).to_be_visible()
    author.page.get_by_role("button", name="提交审核").click()
    reviewer.go("/admin/definitions/break?key=rest")
    reviewer.page.get_by_role("button", name="审核通过并发布").click()
    expect(reviewer.page.get_by_text("小休，每天 20 分钟，4 次")).to_be_visible()
