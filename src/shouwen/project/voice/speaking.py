"""Prompts spoken by a machine voice: characters to pinyin, pinyin to sound, each sentence made once and kept.

The voice reads characters as foreign letters, so it is given their pinyin with tones. A recording of a person may
take the place of any file.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import wave
from pathlib import Path

from .asterisk import Asterisk, AsteriskMissing

PACE = "170"
RATE = 8000
SECONDS = 20


class Voice:
    """Speaks Chinese sentences into files that Asterisk can play."""

    def __init__(self, asterisk: Asterisk, folder: Path) -> None:
        self._asterisk = asterisk
        self._folder = folder

    def say(self, text: str, *, otherwise: str) -> str:
        """Return the name of the sound that says `text`; where nothing can speak, of the tone `otherwise`."""
        file = self._folder / f"said-{hashlib.sha256(text.encode()).hexdigest()[:16]}.wav"
        if file.exists() or self._spoken(text, file):
            return str(file.with_suffix(""))
        return str(self._folder / otherwise)

    def _spoken(self, text: str, file: Path) -> bool:
        try:
            sound = self._speak(pinyin(text))
        except (OSError, subprocess.SubprocessError, AsteriskMissing):
            return False
        fresh = file.with_name(f".{file.stem}.{os.getpid()}")
        fresh.write_bytes(_narrowed(sound))
        fresh.chmod(0o644)
        fresh.rename(file)
        return True

    def _speak(self, spelt: str) -> bytes:
        command = self._asterisk.program("usr/bin/espeak-ng") if self._asterisk.ours else ["espeak-ng"]
        data = next(self._asterisk.prefix.glob("usr/lib/*/espeak-ng-data"), None)
        arguments = ["-v", "cmn-latn-pinyin", "-s", PACE, "--stdout", *([f"--path={data.parent}"] if data else [])]
        done = subprocess.run(
            [*command, *arguments, spelt], check=True, capture_output=True, timeout=SECONDS, env={"LC_ALL": "C.UTF-8"}
        )
        return done.stdout


def pinyin(text: str) -> str:
    """Spell a sentence in pinyin with tone numbers, digits one by one."""
    from pypinyin import Style, lazy_pinyin

    digits = "零一二三四五六七八九"
    words = re.sub(r"[0-9]", lambda found: digits[int(found[0])], text)
    return " ".join(lazy_pinyin(words, style=Style.TONE3, neutral_tone_with_five=True))


def _narrowed(sound: bytes) -> bytes:
    """Bring a spoken file (22.05 kHz, length unknown when it was begun) to the rate of telephones."""
    import array
    import io

    body = sound[sound.index(b"data") + 8 :]
    samples = array.array("h", body[: len(body) // 2 * 2])
    source = int.from_bytes(sound[24:28], "little")
    step = source / RATE
    count = int(len(samples) / step)
    narrow = array.array("h", (_mean(samples, i * step, step) for i in range(count)))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(narrow.tobytes())
    return out.getvalue()


def _mean(samples: object, start: float, step: float) -> int:
    """Return the mean of the samples that one narrow sample stands for: what telephones cannot carry is left out."""
    part = samples[int(start) : int(start + step) + 1]  # type: ignore[index]
    return int(sum(part) / len(part))
