"""What of the wishes the sketch engine can draw: the rules of its drawings, and a note for all that they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from model_runtime.expanders import people, things
from model_runtime.expanders.captions import USUAL, Marked, Person, Subject, Thing
from model_runtime.expanders.lexicon import Lexicon
from model_runtime.expanders.people import Wish
from model_runtime.expanders.things import ThingWish

OVER_THE_SHOULDER = "over-the-shoulder"
TOO_WIDE = "extreme wide shot"
QUIET = ("standing", "talking", "sitting", "drinking", "phoning", "reading")
"""What somebody seen over a shoulder may do."""


@dataclass(frozen=True)
class Shot:
    """Camera and place, all told or filled in."""

    size: str
    angle: str
    location: str


class Staging:
    """The wishes as they are drawn in this shot. `notes` say what was changed or left out."""

    def __init__(
        self, shot: Shot, wishes: Sequence[Wish], animals: Sequence[ThingWish], behind: str, lexicon: Lexicon
    ) -> None:
        """`behind`: the name of whoever the shot looks over the shoulder of; empty: the second one."""
        self._shot, self._lexicon = shot, lexicon
        self.notes: list[str] = []
        self._wishes = self._first_two(wishes)
        self.angle = self._angle()
        if self._over_the_shoulder:
            self._wishes = _seen_first(self._wishes, behind)
        self._wishes = [self._doing(wish, number) for number, wish in enumerate(self._wishes)]
        self._animals = self._one_thing(animals)

    def subjects(self, words: Mapping[str, Sequence[str]], *, mirrored: bool = False) -> tuple[Subject, ...]:
        """People, then an animal or a vehicle. `mirrored`: left and right exchanged where they stand and look."""
        size = self._shot.size
        if self._over_the_shoulder:
            placed = people.over_the_shoulder(self._wishes, words)
        else:
            placed = people.placed(self._wishes, size, self._lexicon, words)
        taken = [one.side for one in placed]
        others = [things.placed(one, taken, size, self._lexicon) for one in self._animals]
        if mirrored:
            placed, others = [_turned(one) for one in placed], [_turned(one) for one in others]
            if not self._over_the_shoulder:
                placed.sort(key=lambda one: people.ORDER.index(one.side))
        return (*placed, *others)

    @property
    def _over_the_shoulder(self) -> bool:
        return self.angle == OVER_THE_SHOULDER

    # --- people ------------------------------------------------------------------------------------------------

    def _first_two(self, wishes: Sequence[Wish]) -> list[Wish]:
        most = people.MOST_PEOPLE
        self.notes += [f"{wish.name} is left out: this engine draws two people at most." for wish in wishes[most:]]
        drawn = list(wishes[:most])
        for wish in drawn:
            if wish.looks.hood and wish.looks.hat:
                self.notes.append(f"The {wish.looks.hat} of {wish.name} is left out: the hood is up.")
        if len(drawn) == most and any(wish.action == "hugging" for wish in drawn):
            return [replace(wish, action="hugging", facing="", depth="") for wish in drawn]
        return drawn

    def _angle(self) -> str:
        shot = self._shot
        if shot.angle != OVER_THE_SHOULDER:
            return shot.angle
        if len(self._wishes) < people.MOST_PEOPLE:
            self.notes.append("It is no over-the-shoulder shot: that takes two people.")
        elif shot.size == TOO_WIDE:
            self.notes.append(f"It is no over-the-shoulder shot: there is no shoulder near us in an {TOO_WIDE}.")
        else:
            return OVER_THE_SHOULDER
        return USUAL["angle"]

    def _doing(self, wish: Wish, number: int) -> Wish:
        """What they do, where it can be done and seen; else the nearest of it."""
        action = wish.action or "standing"
        if self._over_the_shoulder:
            return self._at_the_shoulder(wish, action, number)
        drawn, why = self._drawn(action)
        if why:
            self.notes.append(f"{wish.name} is drawn {drawn}, not {action}: {why}.")
        ways = self._lexicon.turned.get(drawn, ())
        if ways and wish.facing and wish.facing not in (*ways, "other"):
            self.notes.append(f"{wish.name} is turned to a side: {drawn} is not seen when facing {wish.facing}.")
            wish = replace(wish, facing="")
        tiny = self._shot.size == TOO_WIDE and wish.depth == "far"
        return replace(wish, action=drawn, depth="" if tiny else wish.depth)

    def _drawn(self, action: str) -> tuple[str, str]:
        """The action itself or the nearest, and why it is not the action itself."""
        shot, places = self._shot, self._lexicon.drawn_at.get(action)
        if action == "hugging" and len(self._wishes) < people.MOST_PEOPLE:
            return "standing", "a hug takes two people"
        if places and shot.location not in places:
            return "sitting" if action == "driving" else "standing", f"there is no road at the {shot.location}"
        if action in self._lexicon.unseen.get(shot.size, ()):
            return "standing", f"that cannot be seen in {_a(shot.size)}"
        return action, ""

    def _at_the_shoulder(self, wish: Wish, action: str, number: int) -> Wish:
        drawn = action if number == 0 and action in QUIET else "standing"
        if drawn != action:
            self.notes.append(f"{wish.name} is drawn standing, not {action}: the shot is over a shoulder.")
        return replace(wish, action=drawn, depth="")

    # --- an animal or a vehicle --------------------------------------------------------------------------------

    def _one_thing(self, animals: Sequence[ThingWish]) -> list[ThingWish]:
        drawn: list[ThingWish] = []
        for one in animals:
            if why := self._no_room(one, len(drawn)):
                self.notes.append(f"{one.name} is left out: {why}.")
            else:
                drawn.append(one)
        return drawn

    def _no_room(self, one: ThingWish, drawn: int) -> str:
        places = self._lexicon.drawn_at.get(one.thing)
        if self._over_the_shoulder:
            return "behind a shoulder there is no room for it"
        if places and self._shot.location not in places:
            return f"this engine draws no {one.thing} at the place {self._shot.location!r}"
        if drawn >= things.MOST_THINGS:
            return "this engine draws one animal or vehicle at most"
        return ""


def _seen_first(wishes: Sequence[Wish], behind: str) -> list[Wish]:
    """Whoever is seen, then whose shoulder it is: the one named, else who faces away or is near, else the second."""
    first, second = wishes
    is_near = first.name == behind or (second.name != behind and (first.facing == "away" or first.depth == "near"))
    return [second, first] if is_near else [first, second]


Turned = TypeVar("Turned", Person | Marked, Thing | Marked)


def _turned(one: Turned) -> Turned:
    """As in a mirror."""
    return replace(one, side=_across(one.side), facing=_across(one.facing))


def _across(side: str) -> str:
    return {"left": "right", "right": "left"}.get(side, side)


def _a(size: str) -> str:
    return f"{'an' if size[0] in 'aeiou' else 'a'} {size}"
