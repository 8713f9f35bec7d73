"""How long a job takes on this machine: seconds measured here, kept between runs."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import platformdirs

from model_runtime import safe_files
from model_runtime.protocol import EngineInfo
from studio.generation import lengths

NEWEST_WEIGHT = 0.4
"""Share of the newest measurement in what is kept, so that one slow run does not decide alone."""

log = logging.getLogger("shotwright.generation")


def default_path() -> Path:
    return platformdirs.user_cache_path("shotwright", appauthor=False) / "measured-seconds.json"


class MeasuredSeconds:
    """Seconds by engine, kind and number of drawings, and by engine and stage. Unknown stays unknown: no guesses."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or default_path()
        self._seconds = _read(self._path)

    def job(self, engine: str, kind: str, drawings: int) -> float | None:
        """Seconds from being accepted to being finished."""
        return self._seconds.get(_job_key(engine, kind, drawings))

    def clip(self, engine: EngineInfo, kind: str, drawings: int) -> float | None:
        """As `job`; of a length never drawn here as many times one part's as it has parts, where that is known."""
        known = self.job(engine.id, kind, drawings)
        if known is None and engine.part and drawings > engine.part:
            part = self.job(engine.id, kind, engine.part)
            known = None if part is None else part * lengths.parts(engine, drawings)
        return known

    def stage(self, engine: str, stage: str) -> float | None:
        return self._seconds.get(_stage_key(engine, stage))

    def note(self, engine: str, kind: str, drawings: int, seconds: float, stages: dict[str, float]) -> None:
        """Learn from one finished job and write it down. `stages`: seconds by stage."""
        self._seconds.update(_read(self._path))  # another film may have learned since
        self._blend(_job_key(engine, kind, drawings), seconds)
        for stage, taken in stages.items():
            self._blend(_stage_key(engine, stage), taken)
        try:
            safe_files.make_folder(self._path.parent)
            safe_files.write_text(self._path, json.dumps(self._seconds, indent=1, sort_keys=True))
        except OSError as error:
            log.warning("measured times could not be kept in %s: %s", self._path, error)

    def _blend(self, key: str, seconds: float) -> None:
        before = self._seconds.get(key, seconds)
        self._seconds[key] = round(before + NEWEST_WEIGHT * (seconds - before), 3)


def in_words(seconds: float | None) -> str:
    """`about 0:12`, `about 1:05:00`; empty where nothing is known."""
    if seconds is None:
        return ""
    whole = max(1, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"about {hours}:{minutes:02}:{left:02}" if hours else f"about {minutes}:{left:02}"


def _job_key(engine: str, kind: str, drawings: int) -> str:
    return f"{engine}/{kind}/{drawings}"


def _stage_key(engine: str, stage: str) -> str:
    return f"{engine}/stage/{stage}"


def _read(path: Path) -> dict[str, float]:
    """What was kept; a missing or damaged file is as if nothing had been measured."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {key: float(one) for key, one in kept.items() if isinstance(one, (int, float)) and one >= 0}
