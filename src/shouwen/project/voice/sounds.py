"""Sounds that need no voice: music for those who wait, tones where nothing can be said. Made here, 8 kHz."""

from __future__ import annotations

import math
import struct
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

RATE = 8000
LOUD = 0.18
MELODY = (392.0, 440.0, 523.25, 587.33, 659.25, 587.33, 523.25, 440.0, 392.0, 329.63, 293.66, 329.63)
NOTE_SECONDS = 0.9
TONES = {"away": (440.0, 2.0), "notice": (523.25, 0.4), "closed": (330.0, 1.0)}


def write_music(file: Path) -> None:
    """Write a quiet tune of five notes, once."""
    if not file.exists():
        _write(file, _tune(MELODY * 2))


def write_tones(folder: Path) -> None:
    """Write a tone for each thing that is said; a prompt with words takes its place where there is a voice."""
    for name, (pitch, seconds) in TONES.items():
        file = folder / f"{name}.wav"
        if not file.exists():
            _write(file, _note(pitch, seconds))


def _tune(notes: Iterable[float]) -> Iterator[float]:
    for pitch in notes:
        yield from _note(pitch, NOTE_SECONDS)


def _note(pitch: float, seconds: float) -> Iterator[float]:
    """Return one note with its octave, swelling and fading."""
    count = int(seconds * RATE)
    for i in range(count):
        shape = math.sin(math.pi * i / count)
        turn = 2 * math.pi * pitch * i / RATE
        yield LOUD * shape * (math.sin(turn) + 0.3 * math.sin(2 * turn))


def _write(file: Path, samples: Iterable[float]) -> None:
    fresh = file.with_suffix(".part")
    with wave.open(str(fresh), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", int(32767 * max(-1.0, min(1.0, s)))) for s in samples))
    fresh.rename(file)
