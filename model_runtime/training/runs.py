"""A training run on disk: its folder, budget, log and checkpoints, so that it can be stopped and resumed."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

SAVE_EVERY_S = 120.0


def compute_device() -> torch.device:
    """The GPU where there is one: the same commands train on both."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def device_name(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else f"CPU, {torch.get_num_threads()} thread(s)"


@dataclass
class Run:
    """One training of one network in `folder`; `minutes` is the whole budget, counted over all resumptions."""

    folder: Path
    minutes: float
    spent_s: float = 0.0
    step: int = 0
    _mark: float = field(default_factory=time.perf_counter)
    _saved: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    def tick(self) -> None:
        now = time.perf_counter()
        self.spent_s += now - self._mark
        self._mark = now
        self.step += 1

    def restart_clock(self) -> None:
        """Time since the last tick is not training (a measurement, a save)."""
        self._mark = time.perf_counter()

    @property
    def progress(self) -> float:
        """Share of the budget spent, 0..1."""
        return min(1.0, self.spent_s / (60.0 * self.minutes))

    @property
    def is_over(self) -> bool:
        return self.progress >= 1.0

    def rate(self, warm_up: int = 100, decay_from: float = 0.6) -> float:
        """Factor on the learning rate: warm-up in steps, constant, then a cosine to 2 % at the budget's end."""
        warm = min(1.0, (self.step + 1) / warm_up)
        late = max(0.0, (self.progress - decay_from) / (1.0 - decay_from))
        return warm * (0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * late)))

    def log(self, **values: Any) -> None:
        words = [
            f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}" for name, value in values.items()
        ]
        print(f"step {self.step} at {self.spent_s / 60:.1f} min: " + ", ".join(words), flush=True)

    @property
    def is_due(self) -> bool:
        """Whether it is time to save."""
        if time.perf_counter() - self._saved < SAVE_EVERY_S:
            return False
        self._saved = time.perf_counter()
        return True

    def save(self, name: str, **state: Any) -> None:
        """Write a checkpoint whole or not at all."""
        path = self.folder / f"{name}.pt"
        facts = {"step": self.step, "spent_s": self.spent_s, "device": device_name(compute_device())}
        torch.save({**facts, **state}, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)
        self.restart_clock()

    def resume(self, name: str) -> dict[str, Any] | None:
        """The last checkpoint of that name, with step and time taken over, or None."""
        path = self.folder / f"{name}.pt"
        if not path.exists():
            return None
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        self.step, self.spent_s = state["step"], state["spent_s"]
        self.restart_clock()
        return state
