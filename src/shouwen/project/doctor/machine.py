"""The machine: room on the disk, keys, processes, the port, the built pages."""

from __future__ import annotations

import shutil
import socket
import stat
from pathlib import Path
from urllib.parse import urlsplit

from shouwen.adapters.clamav import ClamAv
from shouwen.kit.scanning import ScannerAway
from shouwen.project.config import Config
from shouwen.project.front_door.serve import WEB_DIST
from shouwen.project.speech import say
from shouwen.project.supervisor import running_supervisor

from .finding import Finding

LEAST_FREE = 1024**3
LEAST_SHARE = 0.05


def disk(config: Config) -> Finding:
    """Free space where the data lies: a full disk stops the database."""
    place = next(folder for folder in (config.data, *config.data.parents) if folder.exists())
    space = shutil.disk_usage(place)
    free = space.free / 1024**3
    return Finding(
        say("磁盘", "disk"),
        ok=space.free >= LEAST_FREE and space.free >= space.total * LEAST_SHARE,
        detail=say(f"{place} 剩余 {free:.1f} GiB", f"{free:.1f} GiB free at {place}"),
        remedy=say(
            "清理磁盘或把 SHOUWEN_DATA 移到更大的磁盘；磁盘写满后数据库会停止接收新请求。",
            "Free some space, or move SHOUWEN_DATA to a larger disk: a full one stops the database.",
        ),
    )


def keys(config: Config) -> Finding:
    """Keys that only their owner may read."""
    folder = config.data / "keys"
    files = [folder, *folder.iterdir()] if folder.exists() else []
    loose = [file.name for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077]
    return Finding(
        say("密钥", "keys"),
        ok=not loose,
        detail=", ".join(loose) or say("只有所有者可读", "readable by their owner only"),
        remedy=f"chmod -R go= {folder}",
    )


def processes(config: Config) -> Finding:
    """Processes that keep coming back are ill."""
    state = running_supervisor(config.run_folder)
    name = say("进程", "processes")
    if state is None:
        return Finding(name, ok=True, detail=say("未由 shouwen up 启动", "not started by shouwen up"))
    parts = state["processes"]
    down = [part for part, told in parts.items() if told["pid"] is None]
    often = [f"{part} ×{told['restarts']}" for part, told in parts.items() if told["restarts"] >= 3]
    return Finding(
        name,
        ok=not down,
        detail=", ".join([*down, *often]) or say("都在运行", "all running"),
        remedy=say(f"查看日志 {config.log_file}。", f"Read the log {config.log_file}."),
    )


def port(config: Config) -> Finding:
    """The front door's port: ours, or free to take."""
    state = running_supervisor(config.run_folder)
    host, number = _address(state["address"]) if state else (config.host, config.port)
    taken = _answers("127.0.0.1" if host == "0.0.0.0" else host, number)  # noqa: S104
    detail = say("有应答", "answers") if taken else say("空闲", "free")
    return Finding(
        say("端口", "port"),
        ok=taken == (state is not None),
        detail=f"{host}:{number} {detail}",
        remedy=say(
            "端口被其他程序占用或前门没有应答：换一个端口（--port）或查看日志。",
            "Another program has the port, or the door does not answer: choose another --port, or read the log.",
        ),
    )


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or (443 if parts.scheme == "https" else 80)


def _answers(host: str, number: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, number)) == 0


def pages(_config: Config, folder: Path = WEB_DIST) -> Finding:
    """The built front end."""
    there = (folder / "index.html").is_file() and (folder / "portal.html").is_file()
    return Finding(
        say("界面", "pages"),
        ok=there,
        detail=say("已构建", "built") if there else say("尚未构建", "not built"),
        remedy="make web",
    )


def scanner(config: Config) -> Finding:
    """A virus scanner that does not answer lets files wait."""
    name = say("病毒扫描", "virus scanner")
    if not config.clamav:
        return Finding(name, ok=True, detail=say("未连接", "none connected"))
    try:
        ClamAv(config.clamav, seconds=3).ping()
    except ScannerAway as away:
        return Finding(
            name,
            ok=False,
            detail=f"{config.clamav}: {away}",
            remedy=say(
                "启动 clamd，或检查 SHOUWEN_CLAMAV。在此之前，新上传的文件等待检查，暂时打不开。",
                "Start clamd, or check SHOUWEN_CLAMAV. Until then files that come in wait and cannot be opened.",
            ),
        )
    return Finding(name, ok=True, detail=config.clamav)
