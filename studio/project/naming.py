"""Numbers of scenes, shots and takes, and the schemes that show them.

A shot's number is counted in tens, so that there is room between two of them; a scheme only changes how it is shown:

    tens      12_0010      the default; between two: 12_0015, then 12_0012
    plain     12-1         between two: 12-1E, then 12-1B (1A to 1J are the nine places after 1)
    letters   12A          setup letters as on a clapper, without I and O; between two: 12A5, then 12A2
    show      AGM_TCC_0010 show, episode and sequence where there are any, then the number
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.errors import Refused

SCHEMES = ("tens", "plain", "letters", "show")
STEP = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which read as 1 and 0 on a slate."""

Number = tuple[int, str]
"""A shot's number in tens, and a letter where no number was left between two."""


@dataclass(frozen=True)
class Scheme:
    """How one film shows its numbers."""

    numbering: str
    title: str = ""
    show: str = ""
    episode: str = ""

    def shot(self, scene: str, sequence: str, number: int, suffix: str) -> str:
        apart = f".{suffix}" if suffix else ""
        if self.numbering == "plain":
            return f"{scene}-{number // STEP}{_between(number)}{apart}"
        if self.numbering == "letters":
            place = number // STEP
            between = str(number % STEP) if number % STEP else ""
            return f"{scene}{letters(place) if place else '0'}{between}{apart}"
        if self.numbering == "show":
            parts = (self.show or initials(self.title), self.episode, sequence or scene.zfill(3))
            return "_".join((*filter(None, parts), f"{number:04}{suffix}"))
        return f"{scene}_{number:04}{suffix}"

    def take(self, number: int) -> str:
        """`v003`, or `3` in the two schemes of the clapper."""
        return str(number) if self.numbering in ("plain", "letters") else f"v{number:03}"


def reel(shot_number: str, take_number: int) -> str:
    """The reel name of a take: its shot and its version, as `1_0010_v003`."""
    return f"{shot_number}_v{take_number:03}"


def letters(place: int) -> str:
    """1 is A, 24 is Z (no I, no O), 25 is AA."""
    text = ""
    while place > 0:
        place, digit = divmod(place - 1, len(LETTERS))
        text = LETTERS[digit] + text
    return text


def initials(title: str) -> str:
    """`TLF` for The Last Ferry; FILM where the title has no letters."""
    words = re.findall(r"[^\W\d_]+", title)
    code = "".join(one[0] for one in words) if len(words) > 1 else "".join(words)[:3]
    return code.upper()[:6] or "FILM"


def next_number(used: Iterable[Number]) -> Number:
    """The number after all that were ever given in a scene, omitted ones included."""
    highest = max((number for number, _ in used), default=0)
    return (highest // STEP + 1) * STEP, ""


def number_between(before: Number | None, after: Number | None, used: Iterable[Number]) -> Number:
    """A number never given before for a shot put between two others: 0015, then 0012, at the end the next ten.

    `after` is the next number that was given, whoever has it. Where no whole number is left between the two, the
    earlier one with letters: 0010M, then 0010F.
    """
    if after is None:
        return next_number(used)
    low, suffix = before or (0, "")
    taken = {number for number, _ in used}
    middle = low + (after[0] - low) // 2
    free = sorted(set(range(low + 1, after[0])) - taken, key=lambda one: (abs(one - middle), one))
    if free:
        return free[0], ""
    return low, _suffix_between(suffix, after[1] if after[0] == low else None)


def _suffix_between(low: str, high: str | None) -> str:
    """Letters that come between two in the order of a dictionary; never ending in A, so that there is always room."""
    text = ""
    for place in range(len(low) + len(high or "") + 2):
        first = LETTERS.index(low[place]) if place < len(low) else 0
        last = LETTERS.index(high[place]) if high is not None and place < len(high) else len(LETTERS)
        if last - first > 1:
            return text + LETTERS[(first + last) // 2]
        text += LETTERS[first]
        if last > first:
            high = None
    raise Refused("There is no shot number left in this place.", "Put the shot at the end of the scene.")


def next_scene_number(before: str | None, after: str | None, used: Sequence[str]) -> str:
    """The number of a scene put between two: the next whole one at the end, else 12A, 12B."""
    taken = {one.upper() for one in used}
    highest = max((int(found[0]) for one in used if (found := re.match(r"\d+", one))), default=0)
    if after is None:
        return str(highest + 1)
    base = before or "0"
    for place in range(1, 10_000):
        if (name := f"{base}{letters(place)}").upper() not in taken:
            return name
    raise Refused("There is no scene number left in this place.", "Put the scene at the end of the film.")


def confusions(numbering: str, scenes: Sequence[str], shots: Iterable[str]) -> list[str]:
    """In words: shots that read like a scene, as 12A does in letters where there is a scene 12A."""
    if numbering != "letters":
        return []
    named = {one.upper() for one in scenes}
    return [f"{one} is also the number of a scene." for one in sorted(set(shots)) if one.upper() in named]


def _between(number: int) -> str:
    return LETTERS[number % STEP - 1] if number % STEP else ""
