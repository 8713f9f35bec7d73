"""Animals and vehicles: subjects that are some, and those a draft tells of, with what they do there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model_runtime.expanders.captions import USUAL, Marked, Thing
from model_runtime.expanders.lexicon import Found, Lexicon, tokens
from model_runtime.expanders.people import word_in

MOST_THINGS = 1
ORDER_ALONE = ("centre", "right", "left")
MOVING = frozenset({"walking", "running", "jumping", "dancing", "driving", "moving"})
"""Whatever else an animal or a vehicle is said to do, it is drawn standing."""
ARTICLES = frozenset({"a", "an", "the", "her", "his", "their", "one", "two", "three", "some", "my"})
LINKS = frozenset(
    {"is", "are", "was", "in", "on", "at", "that", "which", "its", "past", "by", "along", "over"}
    | {"slowly", "quickly", "quietly", "now"}
)
"""Words that may stand between an animal and what it does."""


@dataclass(frozen=True)
class ThingWish:
    """An animal or a vehicle to draw, before what nobody said is filled in."""

    name: str
    thing: str
    colour: str = ""
    motion: str = ""
    side: str = ""
    facing: str = ""
    depth: str = ""
    mark: str = ""
    """The @name that stands before its words or in their place, where reference pictures show it."""

    def filled_from(self, other: ThingWish) -> ThingWish:
        """This, with `other` where this says nothing."""
        names = ("colour", "motion", "side", "facing", "depth")
        return replace(self, **{name: getattr(self, name) or getattr(other, name) for name in names})


@dataclass(frozen=True)
class Mention:
    """A thing that a draft names."""

    wish: ThingWish
    several: bool
    used: frozenset[Found]
    """What the draft says of it, and so of nobody else."""


def thing_of(subject: Mapping[str, str], lexicon: Lexicon) -> str:
    """Which animal or vehicle a subject is; empty for people and for what is not drawn."""
    if subject.get("kind", "character") not in ("character", "prop"):
        return ""
    described = lexicon.find(tokens(subject.get("description", "")))
    if any(one.field in ("kind", "thing", "garment", "hair_noun") for one in described):
        first = next(one for one in described if one.field in ("kind", "thing", "garment", "hair_noun"))
        return first.word if first.field == "thing" else ""
    name = str(subject.get("name", "")).removeprefix("@").replace("_", " ")
    found = lexicon.find(tokens(name))
    # A person may be called Raven or Fox; nobody is called Bus.
    sure = subject.get("kind") == "prop" or name.casefold() in lexicon.usual_colour
    return word_in(found, "thing") if sure else ""


def colour_in(found: Sequence[Found], lexicon: Lexicon) -> str:
    colour = word_in(found, "colour")
    return lexicon.colours[colour][0] if colour else ""


def motion_in(found: Sequence[Found]) -> str:
    words = [one.word for one in found if one.field in ("action", "motion")]
    return "" if not words else "moving" if MOVING.intersection(words) else "standing"


def mentions(text: Sequence[str], found: Sequence[Found], lexicon: Lexicon) -> list[Mention]:
    """Every animal and vehicle the text names, with the colour before it and what it does right after."""
    return [_mention(text, found, i, lexicon) for i, one in enumerate(found) if one.field == "thing"]


def _mention(text: Sequence[str], found: Sequence[Found], at: int, lexicon: Lexicon) -> Mention:
    first = at
    while (
        first
        and found[first - 1].end == found[first].start
        and found[first - 1].field
        in (
            "colour",
            "measure",
            "motion",
        )
    ):
        first -= 1
    after = _said_after(text, found, at)
    told = (*found[first:at], *after)
    wish = ThingWish(
        name=found[at].word,
        thing=found[at].word,
        colour=colour_in(found[first:at], lexicon),
        motion=motion_in(told) or _doing(text, found[first].start, lexicon),
        side=word_in(told, "side"),
        facing=word_in(told, "facing"),
        depth=word_in(told, "depth"),
    )
    shared = ("action", "motion") if _goes_along(text, found, first) else ()
    used = frozenset(one for one in (found[at], *told) if one.field not in shared)
    last = text[found[at].end - 1]
    return Mention(wish, last.endswith("s") and not last.endswith(("ss", "bus")), used)


def _said_after(text: Sequence[str], found: Sequence[Found], at: int) -> tuple[Found, ...]:
    """`a dog runs on the left`: what follows without another word between is said of the dog."""
    end, after = found[at].end, at + 1
    while after < len(found) and found[after].field in ("action", "motion", "side", "facing", "depth"):
        gap = text[end : found[after].start]
        if len(gap) > 2 or not LINKS.issuperset(gap):
            break
        end, after = found[after].end, after + 1
    return tuple(found[at + 1 : after])


def _doing(text: Sequence[str], start: int, lexicon: Lexicon) -> str:
    """`a running dog`: such a word after an article is nothing somebody does, so it was not found by itself."""
    word = text[start - 1] if start else ""
    meaning = lexicon.meanings.get((word,))
    running = word.endswith("ing") and meaning is not None and meaning.word in MOVING
    return "moving" if running else ""


def _goes_along(text: Sequence[str], found: Sequence[Found], first: int) -> bool:
    """`@mara and her dog walk`, `a man with a dog runs`: what the dog does, who is with it does too."""
    before = found[first].start - 1
    while before >= 0 and text[before] in ARTICLES:
        before -= 1
    if before < 0 or text[before] not in ("and", "with"):
        return False
    return first == 0 or found[first - 1].field not in ("action", "motion")


def placed(wish: ThingWish, taken: Sequence[str], size: str, lexicon: Lexicon) -> Thing | Marked:
    """With all that a caption tells; `taken`: sides where people stand."""
    side = _side(wish, taken)
    facing = wish.facing if wish.facing in ("left", "right") else "left" if side == "right" else "right"
    motion, depth = wish.motion or "standing", _depth(wish, size, bool(taken))
    if wish.mark and not wish.colour:
        return Marked(wish.mark, side, facing, motion, depth)
    colour = wish.colour or lexicon.usual_colour[wish.thing]
    return Thing(wish.thing, colour, side, facing, motion, depth, wish.mark)


def _side(wish: ThingWish, taken: Sequence[str]) -> str:
    order = ("right", "left", "centre") if taken else ORDER_ALONE
    # A boat keeps clear of the planks in the middle of the pier.
    sides = [side for side in order if wish.thing != "boat" or side != "centre"]
    free = [side for side in sides if side not in taken] or sides
    return wish.side if wish.side in free else free[0]


def _depth(wish: ThingWish, size: str, people: bool) -> str:
    """Boats lie where the water is, and beside large people there is room only behind them."""
    large = size in ("medium shot", "close-up")
    if wish.thing == "boat" or (large and people):
        return "far"
    if large or (size == "extreme wide shot" and wish.depth == "far"):
        return USUAL["depth"]
    return wish.depth or USUAL["depth"]
