"""Who is in the shot: looks read from descriptions, actions from the clauses about them, sides and facing by rule."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model_runtime.expanders.captions import Person
from model_runtime.expanders.lexicon import Found, Lexicon

HOODED_GARMENT = "raincoat"
DEFAULT_SCARF = "red"
NEW_PERSON = frozenset({"another", "other", "second"})
MOVING = frozenset({"walking", "running"})
WIDE = "wide shot"
MOST_PEOPLE = 2


@dataclass(frozen=True)
class Looks:
    """What a text says about somebody; empty where it says nothing."""

    kind: str = ""
    hair: str = ""
    colour: str = ""
    garment: str = ""
    hood: bool = False
    scarf: str = ""

    def filled_from(self, other: Looks) -> Looks:
        """These, with `other` where these say nothing."""
        return Looks(**{name: getattr(self, name) or getattr(other, name) for name in Looks.__dataclass_fields__})


@dataclass(frozen=True)
class Wish:
    """Somebody to draw, before what nobody said is filled in."""

    name: str
    looks: Looks
    action: str = ""
    side: str = ""
    facing: str = ""


@dataclass(frozen=True)
class Clause:
    """The part of a text that is about one person: what was found from their mention to the next one's."""

    who: str
    """@name of a subject, or the kind of somebody the text names."""
    found: tuple[Found, ...]


def looks_of(found: Sequence[Found], lexicon: Lexicon) -> Looks:
    """Colours belong to the next thing they stand before: hair, a garment or a scarf."""
    looks, waiting = Looks(), ""
    for one in found:
        match one.field:
            case "colour":
                waiting = one.word
            case "kind":
                looks = replace(looks, kind=looks.kind or one.word)
            case "hair":
                looks = replace(looks, hair=looks.hair or one.word)
            case "hair_noun":
                if waiting and not looks.hair:
                    looks = replace(looks, hair=lexicon.colours[waiting][1])
                waiting = ""
            case "garment":
                if not looks.garment:
                    looks = replace(looks, garment=one.word, colour=looks.colour or _cloth(waiting, lexicon))
                waiting = ""
            case "scarf":
                looks = replace(looks, scarf=looks.scarf or _cloth(waiting, lexicon) or DEFAULT_SCARF)
                waiting = ""
            case "hood":
                looks = replace(looks, hood=one.word == "up")
    if not looks.kind:
        looks = replace(looks, kind=next((one.word for one in found if one.field == "pronoun"), ""))
    return replace(looks, colour=looks.colour or _cloth(waiting, lexicon))


def _cloth(colour: str, lexicon: Lexicon) -> str:
    return lexicon.colours[colour][0] if colour else ""


def invented_looks(name: str, words: Mapping[str, Sequence[str]]) -> Looks:
    """What nobody described, chosen by the name alone, so that somebody looks the same in every shot."""
    digest = hashlib.blake2b(name.casefold().encode(), digest_size=4).digest()

    def pick(field: str, byte: int) -> str:
        return words[field][byte % len(words[field])]

    return Looks(
        pick("kind", digest[0]), pick("hair", digest[1]), pick("colour", digest[2]), pick("garment", digest[3])
    )


def clauses(text: Sequence[str], found: Sequence[Found], names: Mapping[str, str]) -> list[Clause]:
    """The text cut at every mention of somebody. `names` maps tokens (@mara, mara) to @names."""
    starts = [(i, names[token]) for i, token in enumerate(text) if token in names]
    starts += [(one.start, one.word) for one in found if one.field == "kind" and not _names_a_subject(one, text, names)]
    if not starts:
        return []
    starts.sort()
    ends = [start for start, _ in starts[1:]] + [len(text)]
    cut = [
        Clause(who, tuple(one for one in found if start <= one.start < end))
        for (start, who), end in zip(starts, ends, strict=True)
    ]
    return _shared_with_the_next(cut, [text[start + 1 : end] for (start, _), end in zip(starts, ends, strict=True)])


def _names_a_subject(one: Found, text: Sequence[str], names: Mapping[str, str]) -> bool:
    """`@mara, a woman in yellow`: the noun right after a name says more about her, it is nobody new."""
    before = text[max(0, one.start - 3) : one.start]
    return any(token in names for token in before) and not NEW_PERSON.intersection(before) and "and" not in before


def _shared_with_the_next(cut: list[Clause], texts: list[Sequence[str]]) -> list[Clause]:
    """`@mara and @jon wave`: who is only joined to the next by "and" does what the next does."""
    for i in range(len(cut) - 2, -1, -1):
        if set(texts[i]) <= {"and", "with", "a", "the"} and "and" in texts[i]:
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


def sides(wished: Sequence[str], size: str) -> list[str]:
    """A side for each person, no two the same; two large figures leave the middle free."""
    if len(wished) == 1:
        return [wished[0] or "centre"]
    free = ["left", "right", "centre"] if size == WIDE else ["left", "right"]
    chosen = ["" for _ in wished]
    for i, side in enumerate(wished):
        if side in free:
            chosen[i] = side
            free.remove(side)
    return [side or free.pop(0) for side in chosen]


def facing(side: str, others: Sequence[str], action: str) -> str:
    """Where somebody looks whom nobody told: at the other one; alone into the frame, or at us from the middle."""
    if others:
        order = ["left", "centre", "right"]
        return "right" if order.index(side) < order.index(others[0]) else "left"
    if side == "centre":
        return "right" if action in MOVING else "us"
    return "right" if side == "left" else "left"


def placed(wishes: Sequence[Wish], size: str, words: Mapping[str, Sequence[str]]) -> tuple[Person, ...]:
    """Everybody with all that a caption tells, in order from left to right."""
    where = sides([wish.side for wish in wishes], size)
    people = [
        _person(wish, side, [other for j, other in enumerate(where) if j != i], words)
        for i, (wish, side) in enumerate(zip(wishes, where, strict=True))
    ]
    order = ["left", "centre", "right"]
    return tuple(sorted(people, key=lambda person: order.index(person.side)))


def _person(wish: Wish, side: str, others: Sequence[str], words: Mapping[str, Sequence[str]]) -> Person:
    looks = wish.looks
    if looks.hood and not looks.garment:
        looks = replace(looks, garment=HOODED_GARMENT)
    looks = looks.filled_from(invented_looks(wish.name, words))
    action = wish.action or "standing"
    looks_at = wish.facing if wish.facing in words["facing"] else facing(side, others, action)
    return Person(
        kind=looks.kind,
        hair=looks.hair,
        colour=looks.colour,
        garment=looks.garment,
        hood=looks.hood and looks.garment == HOODED_GARMENT,
        scarf=looks.scarf,
        side=side,
        facing=looks_at,
        action=action,
    )
