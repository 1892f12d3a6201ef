"""Queues, codes and reasons at the screens of those who define them, and what comes of it at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

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


def test_a_leader_reads_why_and_a_break_shows_in_the_ledger(
    company: Company, shoot: Callable[[Page, str], None]
) -> None:
    agent, leader, visitor = company.staff("8021"), company.staff("7001"), company.stranger()
    agent.be("ready")
    agent.go("/desk")
    visitor.chat("想问一下套餐", topic="其他问题")
    agent.accept()
    leader.go(agent.page.url.removeprefix(agent.product.url))
    leader.page.get_by_role("tab", name="分配依据").click()
    expect(leader.page.get_by_text("已接起")).to_be_visible()
    expect(leader.page.get_by_text("客户在此队列等了")).to_be_visible()
    shoot(leader.page, "why")
    agent.page.get_by_role("button", name="我的状态").click()
    expect(agent.page.get_by_text("还有 45 分钟 · 还有 1 次")).to_be_visible()
    shoot(agent.page, "breaks")
    agent.page.get_by_role("menuitem", name="用餐").click()
    expect(agent.page.get_by_role("button", name="我的状态")).to_contain_text("用餐")
    agent.page.get_by_role("button", name="我的状态").click()
    agent.page.get_by_role("menuitem", name="我的时间").click()
    expect(agent.page.get_by_text("签入合计")).to_be_visible()
    expect(agent.page.get_by_role("cell", name="用餐")).to_have_count(0)
    expect(agent.page.get_by_role("cell", name="接待").first).to_be_visible()
    shoot(agent.page, "ledger")


def test_a_draft_is_tried_out_on_past_days(company: Company, shoot: Callable[[Page, str], None]) -> None:
    author = company.staff("1001")
    content = author.api.get("/queues/porting/rules")["content"]
    rings = [{"after_seconds": 0, "skill": "general", "level": 6}]
    author.api.post(
        "/versions",
        {"kind": "routing.queue", "key": "porting", "title": "携号转网", "content": {**content, "rings": rings}},
    )
    author.go("/floor/what-if?queue=porting")
    expect(author.page.get_by_label("规则", exact=True)).to_contain_text("拟稿（第 1 版）")
    author.page.get_by_role("button", name="开始试算").click()
    expect(author.says("这几天没有来访")).to_be_visible()
    today = author.page.get_by_label("到", exact=True).get_attribute("max") or ""
    author.page.get_by_label("到", exact=True).fill(today)
    author.page.get_by_role("button", name="开始试算").click()
    expect(author.page.get_by_role("cell", name="选中的规则").first).to_be_visible()
    shoot(author.page, "what-if")


def test_who_is_turned_away_appeals_and_a_leader_answers(company: Company, shoot: Callable[[Page, str], None]) -> None:
    leader, customer = company.staff("7001"), company.customer("15400005566")
    found = leader.api.get("/customers?q=15400005566")["items"][0]
    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    mark = {"contact": f"customer:{found['id']}", "level": "block", "reason": "反复拨打", "until": until}
    leader.api.post("/nuisances", mark)
    customer.go("/portal/chat")
    customer.page.get_by_label("您的问题").fill("请帮我查套餐")
    customer.page.get_by_role("button", name="开始对话").click()
    expect(customer.says(re.compile("暂停受理"))).to_be_visible()
    customer.page.get_by_label("申诉").fill("我只打过一次")
    customer.page.get_by_role("button", name="提交申诉").click()
    expect(customer.says("申诉已提交")).to_be_visible()
    shoot(customer.page, "appeal")
    leader.go("/floor")
    expect(leader.says("申诉：我只打过一次")).to_be_visible()
    shoot(leader.page, "nuisances")
    leader.page.get_by_role("button", name="答复申诉").click()
    leader.page.get_by_label("答复内容").fill("已核实，解除标记")
    leader.page.get_by_role("dialog").get_by_role("button", name="解除").click()
    expect(leader.says("没有被限制的联系人")).to_be_visible()
    customer.chat("请帮我查套餐", topic="其他问题")
