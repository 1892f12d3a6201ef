"""What a person needs to know when everything is up: the one address, and who can sign in as what."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import click

from shouwen.project.config import Config
from shouwen.project.speech import say

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def show(config: Config, *, sign_ins: Sequence[Sequence[str]], link: str | None, seconds: float) -> None:
    """Print it."""
    for line in lines(config, sign_ins=sign_ins, link=link, seconds=seconds):
        click.echo(line)


def lines(config: Config, *, sign_ins: Sequence[Sequence[str]], link: str | None, seconds: float) -> list[str]:
    """Return the banner."""
    address = config.base_url
    found = [
        "",
        say(f"首问已就绪（{seconds:.1f} 秒）：{address}/", f"Shouwen is ready after {seconds:.1f} s: {address}/"),
        say(f"客户入口：{address}/portal", f"For customers:  {address}/portal"),
    ]
    if sign_ins:
        found += ["", *_table(sign_ins)]
    if link:
        found += ["", say(f"创建管理员（链接只能用一次）：{link}", f"Create the administrator (works once): {link}")]
    if config.host not in LOOPBACK and not config.tls:
        found += ["", say("注意：其他机器可以访问，且没有加密。请加上 --tls 或证书。", _PLAIN)]
    return [*found, "", say(f"日志：{config.log_file}　停止：Ctrl+C", f"Log: {config.log_file}   Stop: Ctrl+C"), ""]


_PLAIN = "Note: other machines can reach this, and nothing is encrypted. Add --tls self-signed or a certificate."


def _table(sign_ins: Sequence[Sequence[str]]) -> list[str]:
    rows = [(say("工号", "Number"), say("密码", "Password"), say("身份", "Role")), *sign_ins]
    widths = [max(_width(row[column]) for row in rows) + 3 for column in range(3)]
    return ["  " + "".join(map(_padded, row, widths)).rstrip() for row in rows]


def _width(text: str) -> int:
    """Return the columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
