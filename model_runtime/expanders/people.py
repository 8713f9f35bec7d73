"""Who is in the shot: looks read from descriptions, actions from the clauses about them, sides and facing by rule."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model_runtime.expanders.captions import USUAL, Marked, Person
from model_runtime.expanders.lexicon import CHINESE, Found, Lexicon

HOODED_GARMENT = "raincoat"
DEFAULT_SCARF = "red"
DEFAULT_HAT = "dark"
ADULTS = ("woman", "man")
EVERYDAY = ("raincoat", "coat", "sweater", "jacket")
"""What somebody wears of whom nobody told it."""
OLD = "grey"
"""Hair that only who is said to be old has."""
NEW_PERSON = frozenset({"another", "other", "second"})
MOVING = frozenset({"walking", "running"})
ROOMY = ("wide shot", "extreme wide shot")
"""Sizes in which two people may stand anywhere."""
MOST_PEOPLE = 2
WORN = frozenset({"in", "wearing", "wears", "穿"})
AND = frozenset({"and", "和", "与", "與", "跟"})
JOINED = AND | {"with", "a", "the", "一"}
COUNTERS = frozenset({"个", "個", "位", "名"})
CHINESE_REACH = 16
"""Characters before a Chinese noun that may be about it."""
ORDER = ("left", "centre", "right")
FACINGS = ("left", "right", "us", "away")
ADJECTIVES = frozenset({"colour", "measure", "build", "style", "hair"})
BUILDS = frozenset({"tall", "short", "heavy", "slim"})
HAIR_LENGTHS = frozenset({"long", "short"})
HAIRDOS = frozenset({"curly", "tied"})
"""They show more than its length, so they speak before it."""

Placed = Person | Marked


@dataclass(frozen=True)
class Looks:
    """What a text says about somebody; empty where it says nothing."""

    kind: str = ""
    hair: str = ""
    colour: str = ""
    garment: str = ""
    hood: bool = False
    scarf: str = ""
    build: str = ""
    style: str = ""
    hat: str = ""
    hat_colour: str = ""
    glasses: bool = False

    def filled_from(self, other: Looks) -> Looks:
        """These, with `other` where these say nothing."""
        return Looks(**{name: getattr(self, name) or getattr(other, name) for name in Looks.__dataclass_fields__})

    @property
    def told(self) -> bool:
        """Whether anything is said beside who it is: man, woman or child."""
        return replace(self, kind="") != Looks()


@dataclass(frozen=True)
class Wish:
    """Somebody to draw, before what nobody said is filled in."""

    name: str
    looks: Looks
    action: str = ""
    side: str = ""
    facing: str = ""
    depth: str = ""
    mark: str = ""
    """The @name that stands before their words or in their place, where reference pictures show them."""
    looks_by: str = ""
    """What the looks that nobody told are chosen by; empty: the name."""


@dataclass(frozen=True)
class Clause:
    """The part of a text that is about one person: what was found from their mention to the next one's."""

    who: str
    """@name of a subject, or the kind of somebody the text names."""
    found: tuple[Found, ...]

    @property
    def noun(self) -> Found:
        """The noun that names somebody who is no subject."""
        return next(one for one in self.found if one.field == "kind" and one.word == self.who)


# --- looks -------------------------------------------------------------------------------------------------------


def looks_of(found: Sequence[Found], lexicon: Lexicon, draft: Sequence[str] | None = None) -> Looks:
    """Colours belong to the next thing they stand before: hair, a garment, a hat or a scarf.

    `draft`: the tokens it was found in. Without them the text is about this person alone, so that "tall" anywhere in
    it is how they are built, and a colour that stands before nothing is what they wear; in a draft it must be "in red".
    """
    looks, waiting, old = Looks(), None, False
    for i, one in enumerate(found):
        if one.field == "colour":
            waiting = one
            continue
        if one.field == "measure":
            before = _belongs_to(found, i)
            looks, old = _measured(looks, one.word, before, draft is None), old or (one.word, before) == ("old", "kind")
            continue
        mine = waiting if waiting is not None and _may_colour(waiting, one) else None
        looks = _dressed(looks, one, mine.word if mine else "", lexicon)
        if waiting and (mine or _is_next(waiting, one)):
            waiting = None
    if not looks.kind:
        looks = replace(looks, kind=next((one.word for one in found if one.field == "pronoun"), ""))
    worn = waiting is not None and (draft is None or draft[max(0, waiting.start - 1)] in WORN)
    rest = _cloth(waiting.word if waiting and worn else "", lexicon)
    return replace(looks, colour=looks.colour or rest, hair=looks.hair or (OLD if old else ""))


def _is_next(colour: Found, one: Found) -> bool:
    """ "white sand", "red sunset": the colour is the place's or the sky's, and nobody's coat."""
    return colour.end == one.start and one.field not in ADJECTIVES


def _may_colour(colour: Found, one: Found) -> bool:
    """A garment or hair takes a colour said anywhere before it; small things only one right before them."""
    gap = one.start - colour.end
    return one.field in ("hair_noun", "garment", "scarf") or (one.field in ("style", "glasses", "hat") and gap <= 0)


def _dressed(looks: Looks, one: Found, colour: str, lexicon: Lexicon) -> Looks:
    match one.field:
        case "kind":
            return replace(looks, kind=looks.kind or one.word)
        case "hair":
            return replace(looks, hair=looks.hair or one.word)
        case "hair_noun":
            return replace(looks, hair=looks.hair or _hair(colour, lexicon))
        case "style":
            style = one.word if one.word in HAIRDOS else looks.style or one.word
            return replace(looks, style=style, hair=looks.hair or _hair(colour, lexicon))
        case "garment" if not looks.garment:
            return replace(looks, garment=one.word, colour=looks.colour or _cloth(colour, lexicon))
        case "scarf":
            return replace(looks, scarf=looks.scarf or _cloth(colour, lexicon) or DEFAULT_SCARF)
        case "hat" if not looks.hat:
            return replace(looks, hat=one.word, hat_colour=_cloth(colour, lexicon) or DEFAULT_HAT)
        case "glasses":
            return replace(looks, glasses=True)
        case "hood":
            return replace(looks, hood=one.word == "up")
        case "build":
            return replace(looks, build=looks.build or one.word)
    return looks


def _belongs_to(found: Sequence[Found], at: int) -> str:
    """The field of what the adjective at this place stands before; empty where other words come between."""
    while at + 1 < len(found) and found[at + 1].start == found[at].end:
        at += 1
        if found[at].field not in ADJECTIVES:
            return found[at].field
    return ""


def _measured(looks: Looks, word: str, before: str, described: bool) -> Looks:
    """ "short hair", "short man": whose it is follows from what stands after it."""
    if before == "hair_noun" and word in HAIR_LENGTHS:
        return replace(looks, style=looks.style or word)
    if word in BUILDS and (before == "kind" or (described and before in ("", "hair_noun"))):
        return replace(looks, build=looks.build or word)
    return looks


def _cloth(colour: str, lexicon: Lexicon) -> str:
    return lexicon.colours[colour][0] if colour else ""


def _hair(colour: str, lexicon: Lexicon) -> str:
    return lexicon.colours[colour][1] if colour else ""


def invented_looks(by: str, words: Mapping[str, Sequence[str]]) -> Looks:
    """What nobody described, chosen by a name or another lasting word alone: the same in every shot."""
    digest = hashlib.blake2b(by.casefold().encode(), digest_size=4).digest()

    def pick(some: Sequence[str], byte: int) -> str:
        return some[byte % len(some)]

    return Looks(
        kind=pick(ADULTS, digest[0]),
        hair=pick([hair for hair in words["hair"] if hair != OLD], digest[1]),
        colour=pick(words["colour"], digest[2]),
        garment=pick(EVERYDAY, digest[3]),
    )


# --- who does what -----------------------------------------------------------------------------------------------


def clauses(text: Sequence[str], found: Sequence[Found], names: Mapping[str, str]) -> list[Clause]:
    """The text cut at every mention of somebody. `names` maps tokens (@mara, mara) to @names."""
    mentions = [(i, i + 1, names[token]) for i, token in enumerate(text) if token in names]
    nouns = [one for one in found if one.field == "kind" and not _names_a_subject(one, text, names)]
    mentions = sorted([*mentions, *((one.start, one.end, one.word) for one in nouns)])
    if not mentions:
        return []
    # Words about a noun may stand before it, but none that stand before the mention before.
    before = [0, *(end for _, end, _ in mentions)]
    begins = {one.start: _noun_begins(one, text) for one in nouns}
    mentions = [
        (max(begins.get(start, start), earliest), end, who)
        for (start, end, who), earliest in zip(mentions, before, strict=False)
    ]
    ends = [start for start, _, _ in mentions[1:]] + [len(text)]
    cut = [
        Clause(who, tuple(one for one in found if start <= one.start < end))
        for (start, _, who), end in zip(mentions, ends, strict=True)
    ]
    return _shared_with_the_next(cut, [text[after:end] for (_, after, _), end in zip(mentions, ends, strict=True)])


def _noun_begins(one: Found, text: Sequence[str]) -> int:
    """Where the words about a noun begin: at itself; in Chinese, where they stand before it, at its "一个"."""
    if CHINESE.match(text[one.start]):
        for at in range(one.start - 1, max(-1, one.start - CHINESE_REACH), -1):
            if text[at] in COUNTERS:
                return at
    return one.start


def _names_a_subject(one: Found, text: Sequence[str], names: Mapping[str, str]) -> bool:
    """`@mara, a woman in yellow`: the noun right after a name says more about her, it is nobody new."""
    before = text[max(0, one.start - 3) : one.start]
    return any(token in names for token in before) and not NEW_PERSON.intersection(before) and "and" not in before


def _shared_with_the_next(cut: list[Clause], texts: list[Sequence[str]]) -> list[Clause]:
    """`@mara and @jon wave`: who is only joined to the next by "and" does what the next does."""
    for i in range(len(cut) - 2, -1, -1):
        if JOINED.issuperset(texts[i]) and AND.intersection(texts[i]):
            shared = tuple(one for one in cut[i + 1].found if one.field in ("action", "spoken"))
            cut[i] = Clause(cut[i].who, cut[i].found + shared)
    return cut


def action_in(found: Sequence[Found]) -> str:
    """What somebody does: the first thing that is more than standing, else standing, else what quoted words say."""
    actions = [one.word for one in found if one.field == "action"]
    more = [word for word in actions if word != "standing"]
    spoken = [one.word for one in found if one.field == "spoken"]
    return next(iter([*more, *spoken, *actions]), "")


def word_in(found: Sequence[Found], field: str) -> str:
    return next((one.word for one in found if one.field == field), "")


# --- placing -----------------------------------------------------------------------------------------------------


def placed(wishes: Sequence[Wish], size: str, lexicon: Lexicon, words: Mapping[str, Sequence[str]]) -> list[Placed]:
    """Everybody with all that a caption tells, in order from left to right."""
    where = sides([wish.side for wish in wishes], size)
    people = [
        _placed(wish, side, _facing(wish, side, [other for j, other in enumerate(where) if j != i], lexicon), words)
        for i, (wish, side) in enumerate(zip(wishes, where, strict=True))
    ]
    return sorted(people, key=lambda person: ORDER.index(person.side))


def over_the_shoulder(wishes: Sequence[Wish], words: Mapping[str, Sequence[str]]) -> list[Placed]:
    """Two people: the first is seen, the second stands large before us at a side, from behind."""
    seen, near = wishes
    side = near.side if near.side in ("left", "right") else "right" if seen.side == "left" else "left"
    across = "right" if side == "left" else "left"
    facing = seen.facing if seen.facing in ("us", side) else "us"
    return [
        _placed(seen, "centre" if seen.side == "centre" else across, facing, words),
        _placed(near, side, "away", words),
    ]


def sides(wished: Sequence[str], size: str) -> list[str]:
    """A side for each person, no two the same; two large figures leave the middle free."""
    if len(wished) == 1:
        return [wished[0] or "centre"]
    free = ["left", "right", "centre"] if size in ROOMY else ["left", "right"]
    chosen = ["" for _ in wished]
    for i, side in enumerate(wished):
        if side in free:
            chosen[i] = side
            free.remove(side)
    return [side or free.pop(0) for side in chosen]


def _facing(wish: Wish, side: str, others: Sequence[str], lexicon: Lexicon) -> str:
    """What was told, else at the other one; alone into the frame, or at us from the middle where that can be seen."""
    if wish.facing in FACINGS:
        return wish.facing
    if others:
        return "right" if ORDER.index(side) < ORDER.index(others[0]) else "left"
    if side == "centre":
        turned = wish.action in MOVING or "us" not in lexicon.turned.get(wish.action, ("us",))
        return "right" if turned else "us"
    return "right" if side == "left" else "left"


def _placed(wish: Wish, side: str, facing: str, words: Mapping[str, Sequence[str]]) -> Placed:
    action, depth = wish.action or "standing", wish.depth or USUAL["depth"]
    if wish.mark and not wish.looks.told:
        return Marked(wish.mark, side, facing, action, depth)
    looks = wish.looks
    if looks.hood and not looks.garment:
        looks = replace(looks, garment=HOODED_GARMENT)
    looks = looks.filled_from(invented_looks(wish.looks_by or wish.name, words))
    hood = looks.hood and looks.garment == HOODED_GARMENT
    return Person(
        kind=looks.kind,
        hair=looks.hair,
        colour=looks.colour,
        garment=looks.garment,
        hood=hood,
        scarf=looks.scarf,
        side=side,
        facing=facing,
        action=action,
        build=looks.build or USUAL["build"],
        style=looks.style or USUAL["style"],
        hat="" if hood else looks.hat,  # a hood hides it
        hat_colour="" if hood else looks.hat_colour,
        glasses=looks.glasses,
        depth=depth,
        mark=wish.mark,
    )
