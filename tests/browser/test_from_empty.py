"""From an empty installation to the first served chat, as somebody would who follows the README."""

from __future__ import annotations

import re
import shutil
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests import prepared

from .axe import violations
from .people import PHONE, Company
from .product import Product, build_front_end

WORD = "jiang-hai-opens-2026"
OWN_WORD = "my-own-words-2026"
ORGANISATION = "省,市,班组\n江苏,苏州,一班\n江苏,南京,\n"
STAFF = f"""工号\t姓名\t单位\t台席\t初始密码
7002\t许哲\t苏州\t值班长台\t{WORD}
8021\t方以宁\t苏州\t综合受理台席\t{WORD}
"""
QUEUES = "代码,名称,英文名称,值班长工号,坐席\nbroadband,宽带报障,Broadband,7002,8021:8\n"


@pytest.fixture
def sampled(browser: Browser) -> Iterator[tuple[Product, Company]]:
    """An installation that somebody tries out with the demo operator."""
    build_front_end()
    data = Path(tempfile.mkdtemp(prefix="shouwen-sampled-"))
    running = Product(prepared.copy("demo", data), "--demo")
    people = Company(browser, running, {})
    yield running, people
    assert people.go_home() == []
    running.stop()
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture
def empty(browser: Browser) -> Iterator[tuple[Product, Company]]:
    """An installation in which nobody has done anything, and the people who come to it."""
    build_front_end()
    data = Path(tempfile.mkdtemp(prefix="shouwen-empty-"))
    running = Product(prepared.copy("tables", data))
    kept: dict[str, StorageState] = {}
    people = Company(browser, running, kept)
    yield running, people
    assert people.go_home() == []
    running.stop()
    shutil.rmtree(data, ignore_errors=True)


def test_a_new_operator_serves_its_first_chat(
    empty: tuple[Product, Company], shoot: Callable[[Page, str], None]
) -> None:
    """Link on the console, administrator, operator, three pasted tables, a trial message, one chat."""
    product, people = empty
    page = _administrator(product, people)
    _operator(page)
    shoot(page, "set-up")
    _table(page, "组织", ORGANISATION, 2, broken="省,市,班组\n,苏州,\n")
    _table(page, "人员", STAFF, 2)
    _table(page, "队列", QUEUES, 1)
    _step(page, "测试消息").get_by_role("button", name="发送测试消息").click()
    expect(page.get_by_text("已送达 1 条")).to_be_visible()
    expect(page.get_by_text("开通前检查")).to_be_visible()
    assert violations(page) == []

    agent = people.newcomer()
    agent.go("/sign-in")
    _first_sign_in(agent.page, "8021")
    agent.page.get_by_role("button", name=re.compile("^我的状态")).click()
    agent.page.get_by_role("menuitem", name="空闲").click()
    customer = people.stranger(viewport=PHONE)
    customer.go("/portal/")
    expect(customer.says("人工服务 每天 08:00–21:00")).to_be_visible()
    shoot(customer.page, "portal-open")
    customer.chat("光猫亮红灯，上不了网")
    agent.accept()
    agent.reply("您好，马上为您查线路。")
    expect(customer.messages.get_by_text("马上为您查线路")).to_be_visible()

    page.reload()
    expect(page.get_by_text("已接待 1 通")).to_be_visible()
    expect(page.get_by_text("已完成 6 / 6")).to_be_visible()
    shoot(page, "set-up-done")


def test_who_tried_the_demo_takes_it_away_and_opens_his_own_centre(
    sampled: tuple[Product, Company], shoot: Callable[[Page, str], None]
) -> None:
    """The operator's name typed to be sure, a backup, everything of the demo gone, and the first administrator."""
    product, people = sampled
    page = people.staff("1001").go("/admin/set-up")
    page.get_by_role("button", name="清除演示数据").click()
    dialog = page.get_by_role("dialog", name="清除演示数据")
    dialog.get_by_label("以确认").fill("江海通信")
    shoot(page, "sample-removal")
    dialog.get_by_role("button", name="清除演示数据").click()
    expect(page.get_by_text("正在清除演示数据")).to_be_visible()
    expect(page.get_by_label("运营商名称")).to_be_visible(timeout=150_000)  # the tables are made anew
    _founded(page)
    expect(page.get_by_role("button", name="清除演示数据")).to_have_count(0)
    assert len(list((product.data / "backups").glob("shouwen-*"))) == 1


def _administrator(product: Product, people: Company) -> Page:
    """Follow the link that the console shows."""
    link = product.journal.wait_for(r"(http://\S+/set-up\?token=\S+)")[1]
    page = people.newcomer().page
    page.goto(link)
    return _founded(page)


def _founded(page: Page) -> Page:
    """Make the operator and his administrator."""
    page.get_by_label("运营商名称").fill("江海通信")
    page.get_by_label("工号").fill("1001")
    page.get_by_label("姓名").fill("顾盼")
    page.get_by_label("密码").fill(WORD)
    page.get_by_role("button", name="建立并登录").click()
    expect(page.get_by_role("heading", name="开通向导")).to_be_visible()
    expect(page.get_by_text("已完成 0 / 6")).to_be_visible()
    return page


def _operator(page: Page) -> None:
    """Name, number, hours and logo; the logo is on the rail at once."""
    page.get_by_label("特服号").fill("10099")
    page.get_by_label("结束服务").fill("21:00")
    page.get_by_label("选择标志").first.set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": _picture()}
    )
    expect(page.get_by_role("navigation", name="主导航").get_by_role("img", name="江海通信")).to_be_visible()
    expect(page.get_by_role("combobox", name="时区")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已完成 1 / 6")).to_be_visible()


def _table(page: Page, step: str, text: str, rows: int, *, broken: str = "") -> None:
    """Paste a table, let every line be looked at, and load it; of a broken one the line says what is wrong."""
    place, dialog = _step(page, step), page.get_by_role("dialog")
    for pasted in filter(None, (broken, text)):
        place.get_by_label("粘贴表格").fill(pasted)
        place.get_by_role("button", name="检查并导入").click()
        dialog.get_by_role("button", name="检查全部").click()
        if pasted is broken:
            expect(dialog.get_by_text("0 行可以导入，1 行有问题")).to_be_visible()
            page.keyboard.press("Escape")
    dialog.get_by_role("button", name=f"导入全部 {rows} 行").click()
    expect(dialog.get_by_text(f"已导入 {rows} 行")).to_be_visible()
    dialog.get_by_role("button", name="关闭", exact=True).last.click()
    expect(place.get_by_role("button", expanded=False)).to_be_visible()


def _step(page: Page, name: str) -> Locator:
    """Return an open step."""
    place = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))
    expect(place.get_by_role("button", expanded=True)).to_be_visible()
    return place


def _first_sign_in(page: Page, number: str) -> None:
    """Come in with the password from the table, and give oneself one of one's own."""
    page.get_by_label("工号").fill(number)
    page.get_by_label("密码").fill(WORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("当前密码").fill(WORD)
    page.get_by_label("新密码", exact=True).fill(OWN_WORD)
    page.get_by_label("再输一次新密码").fill(OWN_WORD)
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("button", name=re.compile("^我的状态"))).to_be_visible()


def _picture() -> bytes:
    """Draw a small blue square."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\x1f\x6f\xeb" * 16 for _ in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
