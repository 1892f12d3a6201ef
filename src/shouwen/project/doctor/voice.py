"""Telephone calls: whether the Asterisk they need is there and answers."""

from __future__ import annotations

import socket

from shouwen.project.config import Config
from shouwen.project.speech import say
from shouwen.project.supervisor import running_supervisor
from shouwen.project.voice import Asterisk, AsteriskMissing, located

from .finding import Finding


def asterisk(config: Config) -> Finding:
    """The Asterisk that takes calls: there, new enough, and answering while we run with it."""
    name = say("话务", "voice")
    try:
        found = located(config.asterisk)
    except AsteriskMissing as missing:
        absent = say("未启用", "not in use") if not config.voice else str(missing)
        return Finding(name, ok=not config.voice, detail=absent, remedy="make voice")
    state = running_supervisor(config.run_folder)
    if state is None or "asterisk" not in state["processes"]:
        return Finding(name, ok=True, detail=f"Asterisk {found.version}")
    return _running(name, found, config)


def _running(name: str, found: Asterisk, config: Config) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(2)
        answers = probe.connect_ex(("127.0.0.1", config.ari_port)) == 0
    told = say("有应答", "answers") if answers else say("没有应答", "does not answer")
    remedy = say(
        f"另一个程序占用了端口 {config.ari_port}（换 SHOUWEN_ARI_PORT），或 Asterisk 没有启动：查看日志。",
        f"Another program has port {config.ari_port} (set SHOUWEN_ARI_PORT), or Asterisk did not start: read the log.",
    )
    return Finding(name, ok=answers, detail=f"Asterisk {found.version} {told}", remedy=remedy)
