"""What a person wears and looks like: the colours and cuts of the words, lit for a place and time."""

from __future__ import annotations

from dataclasses import dataclass

from model_runtime.stage.light import Light, shaded
from model_runtime.stage.pen import Colour

GARMENTS: dict[str, Colour] = {
    "yellow": (244, 196, 40),
    "red": (208, 48, 44),
    "blue": (52, 104, 190),
    "green": (58, 142, 76),
    "dark": (66, 70, 94),
    "white": (238, 236, 226),
    "orange": (240, 128, 36),
    "brown": (134, 88, 54),
}
SKINS: tuple[Colour, ...] = ((244, 206, 176), (222, 172, 134), (160, 108, 78))
HAIRS: dict[str, Colour] = {
    "black": (48, 44, 56),
    "brown": (106, 66, 40),
    "blond": (236, 200, 104),
    "red": (192, 80, 34),
    "grey": (170, 172, 178),
}
TROUSERS: dict[str, Colour] = {"woman": (66, 84, 108), "man": (88, 78, 74)}
BOOTS: Colour = (48, 42, 46)


@dataclass(frozen=True)
class Cut:
    """The shape of a garment: height of its hem, half width there, half width at the waist."""

    hem: float
    hem_half: float
    waist_half: float


CUTS = {
    "raincoat": Cut(0.30, 0.165, 0.128),
    "coat": Cut(0.20, 0.135, 0.108),
    "sweater": Cut(0.435, 0.108, 0.104),
    "jacket": Cut(0.42, 0.122, 0.112),
}


@dataclass(frozen=True)
class Look:
    """All that decides how a person is drawn, apart from the pose."""

    kind: str
    garment: str
    hood: bool
    front: bool
    cloth: Colour
    cloth_shade: Colour
    scarf: Colour | None
    hair: Colour
    skin: Colour
    trousers: Colour
    boots: Colour
    white: Colour


def look_of(
    kind: str,
    hair: str,
    colour: str,
    garment: str,
    scarf: str | None,
    *,
    hood: bool,
    front: bool,
    skin: int,
    light: Light,
) -> Look:
    cloth = light.on_figure(GARMENTS[colour])
    return Look(
        kind=kind,
        garment=garment,
        hood=hood,
        front=front,
        cloth=cloth,
        cloth_shade=shaded(cloth),
        scarf=light.on_figure(GARMENTS[scarf]) if scarf else None,
        hair=light.on_figure(HAIRS[hair]),
        skin=light.on_figure(SKINS[skin]),
        trousers=light.on_figure(TROUSERS[kind]),
        boots=light.on_figure(BOOTS),
        white=light.on_figure((246, 246, 240)),
    )
