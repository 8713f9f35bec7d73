"""Sound files, lanes and clips for tests."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np

from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.sound_time import SAMPLES


def a_wave(path: Path, samples: np.ndarray, rate: int = SAMPLES) -> Path:
    """A 16-bit WAV of floats: (n,) is mono, (n, 2) stereo; full scale is 1."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.clip(samples * 32768, -32768, 32767).astype("<i2").tobytes())
    return path


def noise(samples: int, size: float = 0.4, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-size, size, (samples, 2))


def clicks(samples: int, *places: int) -> np.ndarray:
    """Silence with single samples of half full scale."""
    silence = np.zeros(samples)
    silence[list(places)] = 0.5
    return silence


def a_lane(name: str = "dialogue", **fields: Any) -> LaneCard:
    given = {"follows": True, "gain": 0.0, "mute": False, "solo": False, "audible": True}
    return LaneCard(id=name, name=name, **given | fields)


def a_sound(media: Path, samples: int, film_frame: int = 0, **fields: Any) -> SoundCard:
    """A clip of a file that is `samples` long; all of it unless `source_start` or `source_length` say less."""
    given: dict[str, Any] = {
        "id": f"sound-{film_frame}", "lane": "dialogue", "name": media.name, "frames": 1, "source_start": 0,
        "source_samples": samples, "gain": 0.0, "event": None,
    }  # fmt: skip
    given["source_length"] = samples - fields.get("source_start", 0)
    return SoundCard(media=media, film_frame=film_frame, **given | fields)
