"""What the time of day and the weather do to colours: sky, surfaces, figures, ink."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from model_runtime.stage.pen import Colour

# From the top of the frame down to the horizon.
SKIES: dict[tuple[str, str], tuple[Colour, Colour, Colour, Colour]] = {
    ("day", "clear"): ((104, 178, 230), (136, 198, 238), (176, 219, 243), (214, 236, 244)),
    ("day", "rain"): ((132, 144, 152), (148, 159, 166), (164, 174, 180), (182, 190, 194)),
    ("dawn", "clear"): ((156, 196, 208), (206, 214, 200), (248, 216, 184), (255, 226, 170)),
    ("dawn", "rain"): ((150, 158, 166), (176, 176, 174), (206, 190, 172), (222, 200, 168)),
    ("dusk", "clear"): ((84, 58, 122), (156, 72, 122), (226, 98, 84), (250, 148, 66)),
    ("dusk", "rain"): ((62, 52, 84), (98, 66, 92), (140, 84, 86), (172, 104, 80)),
    ("night", "clear"): ((16, 24, 54), (20, 32, 68), (28, 44, 84), (40, 60, 102)),
    ("night", "rain"): ((24, 30, 46), (29, 37, 56), (36, 46, 68), (46, 58, 82)),
}

# Multiplied with, then added to, the colour a thing has by day.
SURFACES: dict[str, tuple[tuple[float, float, float], Colour]] = {
    "day": ((1.0, 1.0, 1.0), (0, 0, 0)),
    "dawn": ((0.86, 0.80, 0.74), (34, 26, 18)),
    "dusk": ((0.66, 0.46, 0.52), (26, 6, 16)),
    "night": ((0.31, 0.41, 0.56), (6, 14, 30)),
}
# Rooms keep the warmth of their own lamp.
ROOMS: dict[str, tuple[tuple[float, float, float], Colour]] = {
    "day": ((1.0, 1.0, 1.0), (0, 0, 0)),
    "dawn": ((0.90, 0.82, 0.74), (18, 12, 6)),
    "dusk": ((0.74, 0.54, 0.50), (18, 4, 10)),
    "night": ((0.60, 0.48, 0.42), (14, 8, 10)),
}
# Figures keep most of their own colour: who it is must be told at night as well.
FIGURES: dict[str, tuple[tuple[float, float, float], Colour]] = {
    "day": ((1.0, 1.0, 1.0), (0, 0, 0)),
    "dawn": ((0.97, 0.92, 0.86), (8, 5, 2)),
    "dusk": ((0.90, 0.74, 0.74), (8, 0, 6)),
    "night": ((0.84, 0.86, 0.92), (0, 2, 10)),
}
INKS: dict[str, Colour] = {
    "day": (30, 26, 34),
    "dawn": (44, 34, 44),
    "dusk": (30, 14, 32),
    "night": (6, 8, 18),
}
RAIN_DIMS = 0.84
RAIN_ON_FIGURES_DIMS = 0.94


@dataclass(frozen=True)
class Light:
    time: str
    weather: str

    @property
    def sky(self) -> tuple[Colour, Colour, Colour, Colour]:
        return SKIES[self.time, self.weather]

    @property
    def ink(self) -> Colour:
        return INKS[self.time]

    @property
    def lamps_lit(self) -> bool:
        return self.time in ("night", "dusk")

    @property
    def raining(self) -> bool:
        return self.weather == "rain"

    def on_surface(self, colour: Colour) -> Colour:
        return _lit(colour, SURFACES[self.time], RAIN_DIMS if self.raining else 1.0)

    def in_room(self, colour: Colour) -> Colour:
        return _lit(colour, ROOMS[self.time], 1.0)

    def on_figure(self, colour: Colour) -> Colour:
        return _lit(colour, FIGURES[self.time], RAIN_ON_FIGURES_DIMS if self.raining else 1.0)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour in the first one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def shaded(colour: Colour, factor: float = 0.76) -> Colour:
    """A tone darker and a little cooler."""
    red, green, blue = colour
    return round(red * factor), round(green * factor), min(255, round(blue * factor + 6))


@cache
def _lit(colour: Colour, light: tuple[tuple[float, float, float], Colour], dim: float) -> Colour:
    factors, extra = light
    red, green, blue = (
        min(255, round((channel * factor + more) * dim))
        for channel, factor, more in zip(colour, factors, extra, strict=True)
    )
    return red, green, blue
