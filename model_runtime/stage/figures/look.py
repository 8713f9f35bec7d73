"""What a person wears and looks like: the colours and cuts of the words, lit for a place and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from model_runtime.stage.light import Light, shaded
from model_runtime.stage.pen import Colour
from model_runtime.stage.scene import Person

Turn: TypeAlias = Literal["front", "side", "back"]

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
TROUSERS: dict[str, Colour] = {
    "woman": (66, 84, 108),
    "man": (88, 78, 74),
    "girl": (92, 82, 120),
    "boy": (84, 96, 78),
}
BOOTS: Colour = (48, 42, 46)
WHITE: Colour = (246, 246, 240)


@dataclass(frozen=True)
class Cut:
    """The shape of a garment: height of its hem, half width there, half width at the waist.

    `sleeve` is how wide its sleeves are, as a share of a coat's; `bare` tells that they end at the elbow.
    """

    hem: float
    hem_half: float
    waist_half: float
    sleeve: float = 1.0
    bare: bool = False


CUTS = {
    "raincoat": Cut(0.30, 0.178, 0.132, sleeve=1.12),
    "coat": Cut(0.17, 0.138, 0.108),
    "sweater": Cut(0.435, 0.112, 0.112, sleeve=1.08),
    "jacket": Cut(0.40, 0.126, 0.112),
    "shirt": Cut(0.385, 0.112, 0.102, sleeve=0.92, bare=True),
    "dress": Cut(0.215, 0.200, 0.080, sleeve=0.92, bare=True),
    "suit": Cut(0.385, 0.122, 0.098),
}


@dataclass(frozen=True)
class Frame:
    """What kind and build do to a body: its height in adults, its breadth, and the size of its head.

    `body` shrinks everything below the chin to make room for the head of a child.
    """

    height: float
    breadth: float
    head: float
    body: float = 1.0


KINDS = {
    "woman": Frame(0.97, 1.0, 1.0),
    "man": Frame(1.03, 1.10, 1.0),
    "girl": Frame(0.68, 0.98, 1.38, body=0.90),
    "boy": Frame(0.68, 1.06, 1.38, body=0.90),
}
BUILDS = {
    "average": Frame(1.0, 1.0, 1.0),
    "tall": Frame(1.12, 0.97, 0.92),
    "short": Frame(0.86, 1.05, 1.10),
    "heavy": Frame(1.0, 1.50, 1.04),
    "slim": Frame(1.02, 0.70, 0.96),
}
USUAL_STYLES = {"woman": "long", "girl": "long", "man": "short", "boy": "short"}


@dataclass(frozen=True)
class Look:
    """All that decides how a person is drawn, apart from the pose. Colours are as the scene's light leaves them."""

    kind: str
    garment: str
    hood: bool
    turn: Turn
    cloth: Colour
    cloth_shade: Colour
    scarf: Colour | None
    hair: Colour
    style: str  # long, short, curly or tied
    hat: str  # "" for none
    hat_colour: Colour
    glasses: bool
    skin: Colour
    legs: Colour  # trousers, or bare below a dress
    boots: Colour
    white: Colour
    height: float  # of the framing's figure height
    breadth: float  # of an average woman's body of the same height
    head: float  # size of the head for this height
    body: float  # of everything below the chin

    @property
    def front(self) -> bool:
        """The body is seen flat on: from the front or from behind."""
        return self.turn != "side"

    @property
    def child(self) -> bool:
        return self.kind in ("girl", "boy")

    @property
    def bearded(self) -> bool:
        return self.kind == "man" and self.turn != "back"


def look_of(person: Person, light: Light) -> Look:
    kind, build = KINDS[person.kind], BUILDS[person.build]
    cloth = light.on_figure(GARMENTS[person.colour])
    skin = light.on_figure(SKINS[person.skin % len(SKINS)])
    legs = {"suit": shaded(cloth, 0.9), "dress": skin}
    return Look(
        kind=person.kind,
        garment=person.garment,
        hood=person.hood,
        turn=turn_of(person.facing),
        cloth=cloth,
        cloth_shade=shaded(cloth),
        scarf=light.on_figure(GARMENTS[person.scarf]) if person.scarf else None,
        hair=light.on_figure(HAIRS[person.hair]),
        style=USUAL_STYLES[person.kind] if person.style == "usual" else person.style,
        hat=person.hat,
        hat_colour=light.on_figure(GARMENTS[person.hat_colour]) if person.hat else (0, 0, 0),
        glasses=person.glasses,
        skin=skin,
        legs=legs.get(person.garment) or light.on_figure(TROUSERS[person.kind]),
        boots=light.on_figure(BOOTS),
        white=light.on_figure(WHITE),
        height=kind.height * build.height,
        breadth=kind.breadth * build.breadth,
        head=kind.head * build.head,
        body=kind.body,
    )


def turn_of(facing: str) -> Turn:
    if facing == "us":
        return "front"
    return "back" if facing == "away" else "side"
