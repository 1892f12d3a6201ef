"""Calls in the browser: a caller is answered at the desk, both hear each other, and a reload loses nobody."""

from __future__ import annotations

import array
import math
import re
import shutil
import socket
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect, sync_playwright

from tests import prepared
from tests.voice.lines import free_port, until
from tests.voice.phones import RATE, Phone

from .conftest import ARGUMENTS, browser_program
from .people import Company, Staff
from .product import Product, build_front_end

pytestmark = pytest.mark.voice
CALLER, CALLERS_TONE, AGENTS_TONE = "127.0.0.2", 1000.0, 700.0
ANY_TIME = {
    "allowed": ["1XXXXXXXXXX"],
    "opens": "00:00",
    "closes": "23:59",
    "a_day": 50,
    "apart_minutes": 0,
}
LISTEN = """
const Plain = window.RTCPeerConnection
window.RTCPeerConnection = class extends Plain {
  constructor(...given) {
    super(...given)
    this.addEventListener('track', ({ track }) => {
      const context = new AudioContext({ sampleRate: 8000 })
      const ear = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 })
      context.createMediaStreamSource(new MediaStream([track])).connect(ear)
      window.pitch = () => {
        const bins = new Float32Array(ear.frequencyBinCount)
        ear.getFloatFrequencyData(bins)
        const top = bins.reduce((best, level, at) => (level > bins[best] ? at : best), 0)
        return bins[top] > -60 ? (top * context.sampleRate) / ear.fftSize : 0
      }
    })
  }
}
"""


class House(NamedTuple):
    """A service that takes calls, and somebody who calls it."""

    product: Product
    company: Company
    caller: Phone
    sip_port: int

    def dial(self) -> None:
        self.caller.call("127.0.0.1", self.sip_port, "10000")


@pytest.fixture(scope="module")
def product() -> Iterator[tuple[Product, int, int]]:
    """A product of its own, with Asterisk and ports that are free."""
    build_front_end()
    data = Path(tempfile.mkdtemp(prefix="shouwen-calls-"))
    sip, ari, trunk = (free_port(kind) for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_DGRAM))
    rtp = min(free_port(socket.SOCK_DGRAM), 60000) // 2 * 2
    running = Product(
        prepared.copy("demo", data),
        "--demo",
        "--voice",
        SHOUWEN_SIP_PORT=str(sip),
        SHOUWEN_ARI_PORT=str(ari),
        SHOUWEN_SIP_TRUNKS=f"{CALLER}:{trunk}",
        SHOUWEN_RTP_PORTS=f"{rtp}-{rtp + 400}",
    )
    yield running, sip, trunk
    running.stop()
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="module")
def talking_browser() -> Iterator[Browser]:
    """A browser whose microphone plays one tone."""
    folder = Path(tempfile.mkdtemp(prefix="shouwen-tone-"))
    write_tone(folder / "tone.wav")
    sound = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={folder / 'tone.wav'}",
        "--autoplay-policy=no-user-gesture-required",
        "--disable-features=WebRtcHideLocalIpsWithMdns",
        "--allow-loopback-in-peer-connection",
    ]
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=browser_program(), headless=True, args=[*ARGUMENTS, *sound]
        )
        yield running
        running.close()
    shutil.rmtree(folder, ignore_errors=True)


def write_tone(file: Path) -> None:
    turn = 2 * math.pi * AGENTS_TONE / RATE
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(array.array("h", (int(9000 * math.sin(turn * i)) for i in range(RATE))).tobytes())


@pytest.fixture
def house(product: tuple[Product, int, int], talking_browser: Browser) -> Iterator[House]:
    running, sip, trunk = product
    kept: dict[str, StorageState] = {}
    company, caller = Company(talking_browser, running, kept), Phone(CALLER, CALLERS_TONE, port=trunk)
    yield House(running, company, caller, sip)
    caller.close()
    assert company.go_home() == []


def with_phone(house: House, number: str = "8021") -> Staff:
    """Return somebody at the desk whose phone is in the browser, registered."""
    agent = house.company.staff(number)
    agent.page.add_init_script(LISTEN)
    agent.api.put("/desk/phone", {"kind": "browser"})
    agent.go("/desk")
    expect(agent.page.get_by_role("button", name=re.compile("我的话机"))).to_contain_text("话机就绪")
    agent.be("ready")
    return agent


def state(agent: Staff) -> Locator:
    """Return where the desk says how the call stands."""
    return agent.page.get_by_role("region", name="通话", exact=True).get_by_role("status").first


def hears(page: Page, pitch: float) -> bool:
    """Tell whether what comes out of the browser's phone is one pitch."""
    return abs(float(page.evaluate("window.pitch ? window.pitch() : 0")) - pitch) < 15


def test_a_caller_is_answered_in_the_browser_and_a_reload_loses_nobody(house: House) -> None:
    agent = with_phone(house)
    page, caller = agent.page, house.caller
    house.dial()
    expect(page.get_by_role("button", name=re.compile("^接听"))).to_be_visible(timeout=30_000)
    page.keyboard.press("F2")
    until(lambda: hears(page, CALLERS_TONE) and caller.hears(AGENTS_TONE))
    expect(state(agent)).to_contain_text("通话中")
    expect(page.get_by_role("button", name=re.compile("我的状态"))).to_contain_text("通话中")
    page.keyboard.press("Alt+R")
    expect(page.get_by_role("button", name=re.compile("^恢复录音"))).to_contain_text("01:5")
    page.keyboard.press("Alt+R")
    expect(page.get_by_role("button", name=re.compile("^暂停录音"))).to_be_visible()
    page.keyboard.press("Alt+H")
    expect(state(agent)).to_contain_text("通话保持中")
    until(lambda: not caller.hears(AGENTS_TONE, least=0.05) and not hears(page, CALLERS_TONE))
    page.reload()
    until(lambda: hears(page, CALLERS_TONE) and caller.hears(AGENTS_TONE))
    expect(state(agent)).to_contain_text("通话中")
    page.keyboard.press("Alt+M")
    until(lambda: not caller.hears(AGENTS_TONE, least=0.05))
    page.keyboard.press("Alt+M")
    until(lambda: caller.hears(AGENTS_TONE))
    page.get_by_role("button", name="挂断").click()
    caller.wait("over")
    expect(page.get_by_role("button", name=re.compile("我的状态"))).to_contain_text("整理")
    page.get_by_role("button", name=re.compile("^听取录音")).click()
    expect(page.get_by_role("button", name="录音波形，点击跳转").locator("rect")).to_have_count(120)
    page.get_by_role("button", name="1.5×").click()
    assert page.locator("audio").evaluate("player => player.playbackRate") == 1.5


def test_a_customer_is_called_about_his_ticket_and_its_history_says_so(house: House) -> None:
    house.company.staff("1001").api.put("/dial-rules", ANY_TIME)
    agent = with_phone(house)
    page, customer = agent.page, house.caller
    number = agent.api.get("/tickets?kind=suggestion&limit=1")["items"][0]["number"]
    agent.go(f"/tickets/{number}")
    page.get_by_role("button", name=re.compile("^呼叫")).click()
    customer.wait("ringing")
    expect(state(agent)).to_contain_text("客户的电话正在振铃")
    customer.answer()
    until(lambda: hears(page, CALLERS_TONE) and customer.hears(AGENTS_TONE))
    expect(state(agent)).to_contain_text("通话中")
    customer.hang_up()
    expect(page.get_by_role("button", name=re.compile("我的状态"))).to_contain_text("整理")
    agent.go(f"/tickets/{number}")
    expect(agent.says("方以宁致电客户：已接通")).to_be_visible()
