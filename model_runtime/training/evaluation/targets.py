"""What the sketch model must reach, in each tier of training; hit or missed by the measured value itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TIERS = ("CPU", "GPU")


@dataclass(frozen=True)
class Target:
    """A bound on a value; with `of_ceiling` it is that share of what real drawings reach."""

    bound: float
    at_most: bool = False
    of_ceiling: bool = False

    def limit(self, ceiling: float) -> float:
        return self.bound * ceiling if self.of_ceiling else self.bound

    def is_met(self, value: float, ceiling: float = 1.0) -> bool:
        limit = self.limit(ceiling)
        return value <= limit if self.at_most else value >= limit


Targets = Mapping[str, Target]

# Names are those of the lines in `card_lines.py`.
_BOTH: Targets = {
    "first drawing given, before writing back": Target(2.0, at_most=True),
    "last drawing given, before writing back": Target(5.0, at_most=True),
    "nine drawings given at each end, before writing back": Target(5.0, at_most=True),
    "step from a given first drawing": Target(0.95),
    "step to a given last drawing": Target(0.95),
    "step into a bridge": Target(0.95),
    "step out of a bridge": Target(0.95),
    "step from a loop's end to its start": Target(0.95),
    "one clip": Target(20.0, at_most=True),
    "one clip with references": Target(25.0, at_most=True),
    "memory of one clip": Target(2048.0, at_most=True),
    "memory of one clip with references": Target(2048.0, at_most=True),
}
_CPU: Targets = {
    "location": Target(0.85),
    "time of day": Target(0.85),
    "shot size": Target(0.85),
    "people": Target(0.80),
    "walks or stands": Target(0.80),
    "top colour": Target(0.50),
    "top colour from a reference": Target(0.50),
    "side": Target(0.75),
    "autoencoder, clips": Target(28.0),
}
_OF_CEILING = Target(0.90, of_ceiling=True)
_GPU: Targets = {
    **dict.fromkeys(("location", "time of day", "shot size", "people", "walks or stands"), _OF_CEILING),
    "top colour": Target(0.75),
    "garment": Target(0.75),
    "top colour from a reference": Target(0.75),
    "camera move": Target(0.70),
    "action": Target(0.70),
    "side": Target(0.85),
    "facing": Target(0.85),
    "autoencoder, clips": Target(32.0),
}
TARGETS: Mapping[str, Targets] = {"CPU": {**_BOTH, **_CPU}, "GPU": {**_BOTH, **_GPU}}
