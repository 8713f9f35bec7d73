"""What the time of day and the weather do to colours: sky, surfaces, figures, ink."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from model_runtime.stage.pen import Colour

# From the top of the frame down to the horizon.
SKIES: dict[tuple[str, str], tuple[Colour, Colour, Colour, Colour]] = {
    ("day", "clear"): ((104, 178, 230), (136, 198, 238), (176, 219, 243), (214, 236, 244)),
    ("day", "rain"): ((132, 144, 152), (148, 159, 166), (164, 174, 180), (182, 190, 194)),
    ("day", "snow"): ((184, 194, 206), (198, 207, 217), (211, 219, 227), (224, 230, 236)),
    ("day", "fog"): ((202, 208, 206), (210, 215, 212), (217, 221, 217), (222, 225, 221)),
    ("dawn", "clear"): ((156, 196, 208), (206, 214, 200), (248, 216, 184), (255, 226, 170)),
    ("dawn", "rain"): ((150, 158, 166), (176, 176, 174), (206, 190, 172), (222, 200, 168)),
    ("dawn", "snow"): ((178, 188, 204), (204, 204, 208), (230, 214, 204), (242, 224, 202)),
    ("dawn", "fog"): ((222, 208, 188), (230, 215, 193), (238, 222, 198), (243, 227, 202)),
    ("dusk", "clear"): ((84, 58, 122), (156, 72, 122), (226, 98, 84), (250, 148, 66)),
    ("dusk", "rain"): ((62, 52, 84), (98, 66, 92), (140, 84, 86), (172, 104, 80)),
    ("dusk", "snow"): ((92, 82, 130), (124, 98, 144), (164, 118, 146), (200, 142, 146)),
    ("dusk", "fog"): ((138, 100, 122), (154, 108, 122), (170, 117, 122), (184, 126, 122)),
    ("night", "clear"): ((16, 24, 54), (20, 32, 68), (28, 44, 84), (40, 60, 102)),
    ("night", "rain"): ((24, 30, 46), (29, 37, 56), (36, 46, 68), (46, 58, 82)),
    ("night", "snow"): ((38, 48, 78), (46, 58, 90), (56, 69, 102), (68, 82, 116)),
    ("night", "fog"): ((52, 62, 78), (58, 69, 85), (64, 76, 92), (70, 82, 97)),
}

# Multiplied with, then added to, the colour a thing has by day.
SURFACES: dict[str, tuple[tuple[float, float, float], Colour]] = {
    "day": ((1.0, 1.0, 1.0), (0, 0, 0)),
    "dawn": ((0.86, 0.80, 0.74), (34, 26, 18)),
    "dusk": ((0.66, 0.51, 0.55), (26, 6, 14)),
    "night": ((0.37, 0.42, 0.56), (6, 14, 30)),
}
# Rooms keep the warmth of their own lamp.
ROOMS: dict[str, tuple[tuple[float, float, float], Colour]] = {
    "day": ((1.0, 1.0, 1.0), (0, 0, 0)),
    "dawn": ((0.90, 0.82, 0.74), (18, 12, 6)),
    "dusk": ((0.76, 0.59, 0.54), (18, 6, 10)),
    "night": ((0.60, 0.50, 0.47), (12, 8, 10)),
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
DIMS = {"clear": 1.0, "rain": 0.84, "snow": 0.97, "fog": 0.95}
ROOM_DIMS = {"clear": 1.0, "rain": 0.90, "snow": 1.0, "fog": 0.96}  # by what the window lets in
FIGURE_DIMS = {"clear": 1.0, "rain": 0.94, "snow": 1.0, "fog": 1.0}
SNOW: Colour = (240, 245, 252)
SNOW_COVERS = 0.80  # of the colour of what lies under the open sky
FOG_ON_FIGURES = 0.10


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

    @property
    def snowing(self) -> bool:
        return self.weather == "snow"

    @property
    def foggy(self) -> bool:
        return self.weather == "fog"

    @property
    def clear(self) -> bool:
        """Sun, moon and stars can be seen."""
        return self.weather == "clear"

    def on_surface(self, colour: Colour) -> Colour:
        return _lit(colour, SURFACES[self.time], DIMS[self.weather])

    def on_ground(self, colour: Colour, covered: float = SNOW_COVERS) -> Colour:
        """A surface open to the sky, of which snow hides the share `covered`."""
        return self.on_surface(mixed(colour, SNOW, covered) if self.snowing else colour)

    def in_room(self, colour: Colour) -> Colour:
        return _lit(colour, ROOMS[self.time], ROOM_DIMS[self.weather])

    def on_figure(self, colour: Colour) -> Colour:
        lit = _lit(colour, FIGURES[self.time], FIGURE_DIMS[self.weather])
        return mixed(lit, self.sky[3], FOG_ON_FIGURES) if self.foggy else lit


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
