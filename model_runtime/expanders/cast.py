"""Who and what a request puts into the shot: its subjects, and whoever and whatever its draft names besides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from model_runtime import protocol
from model_runtime.expanders import people, things
from model_runtime.expanders.lexicon import Found, Lexicon, name_token, tokens
from model_runtime.expanders.people import Clause, Looks, Wish
from model_runtime.expanders.things import ThingWish, thing_of

SEPARATORS = re.compile(r"[.;,，；。、\n]+")
TWO = frozenset({"two", "两", "兩"})
TWO_REACH = 6
"""Tokens between "two" and those who are two: 两个登山的人."""
SUBJECT_PRONOUNS = frozenset({"she", "he", "她", "他"})


class Cast:
    """Read once from a request; `wishes` are people, `animals` are animals and vehicles, in the order they are told."""

    def __init__(self, request: protocol.ExpandPrompt, lexicon: Lexicon, words: Mapping[str, Sequence[str]]) -> None:
        self._request, self._lexicon, self._words = request, lexicon, words
        self._fields = {name: str(value).strip() for name, value in request.fields.items()}
        self._things = {
            _at(one.get("name", "")): thing for one in request.subjects if (thing := thing_of(one, lexicon))
        }
        self._characters = [one for one in request.subjects if self._is_somebody(one)]
        self.names = _names([one for one in request.subjects if self._is_somebody(one) or self._is_thing(one)])
        """Tokens that mention a subject, each with its @name."""
        self.text = tokens(f"{request.draft} . {self._fields.get('action', '')}")
        self.draft_found = lexicon.find(tokens(request.draft))
        """What the draft alone says, without the action field."""
        self.all_found = lexicon.find(self.text)
        self._mentions = things.mentions(self.text, self.all_found, lexicon)
        used = frozenset[Found]().union(*(mention.used for mention in self._mentions))
        self.found = [one for one in self.all_found if one not in used]
        """What the draft says, without what it says of animals and vehicles."""
        self._clauses = people.clauses(self.text, self.found, self.names)
        self.wishes, self.animals = self._all_wishes(), self._all_animals()

    def shoulder(self) -> list[str] | None:
        """The words between "over" and "shoulder" where the draft says so: whose shoulder it is."""
        for i, token in enumerate(self.text):
            before = self.text[max(0, i - 3) : i]
            if token == "shoulder" and "over" in before:
                return before[before.index("over") + 1 :]
        return None

    def behind(self) -> str:
        """Who is looked over the shoulder of, as far as the draft names them."""
        words = self.shoulder() or []
        named = [self.names[token] for token in words if token in self.names]
        kinds = [one.word for one in self._lexicon.find(words) if one.field in ("kind", "pronoun")]
        of_kind = [wish.name for kind in kinds for wish in self.wishes if wish.looks.kind == kind]
        return next(iter([*named, *of_kind]), "")

    def left_out(self) -> list[str]:
        """A note for everybody and everything named that is nothing this engine draws."""
        notes = [f"Only one {one.wish.thing} is drawn." for one in self._mentions if one.several]
        strangers = dict.fromkeys(token for token in self.text if token.startswith("@") and token not in self.names)
        drawn = {str(one.get("name", "")).casefold() for one in self._request.subjects}
        notes += [f"{name} is left out: it is no subject of this shot." for name in strangers if name not in drawn]
        notes += [
            f"{one.get('name', '')} is left out: this engine draws no {one.get('kind', '')} of its own."
            for one in self._request.subjects
            if one.get("kind", "character") not in ("character", "location") and not self._is_thing(one)
        ]
        return notes

    # --- animals and vehicles ----------------------------------------------------------------------------------

    def _is_thing(self, subject: Mapping[str, str]) -> bool:
        return _at(subject.get("name", "")) in self._things

    def _is_somebody(self, subject: Mapping[str, str]) -> bool:
        return subject.get("kind", "character") == "character" and not self._is_thing(subject)

    def _all_animals(self) -> list[ThingWish]:
        """The subjects that are some, then those the draft names by a noun: one of each sort."""
        found = [self._subject_thing(one) for one in self._request.subjects if self._is_thing(one)]
        for mention in self._mentions:
            same = [i for i, one in enumerate(found) if one.thing == mention.wish.thing]
            if same:
                found[same[0]] = found[same[0]].filled_from(mention.wish)
            else:
                found.append(mention.wish)
        return found

    def _subject_thing(self, subject: Mapping[str, str]) -> ThingWish:
        name, words = _at(subject.get("name", "")), self._words
        about = self.said_of(name)
        told = self._lexicon.find(tokens(subject.get("action", "")))
        return ThingWish(
            name=name,
            thing=self._things[name],
            colour=things.colour_in(self._lexicon.find(tokens(subject.get("description", ""))), self._lexicon),
            motion=things.motion_in(told) or things.motion_in(about),
            side=_plain_side(subject.get("side", ""), words) or people.word_in(about, "side"),
            facing=_plain(subject.get("facing", ""), words["facing"]) or people.word_in(about, "facing"),
            depth=people.word_in(about, "depth"),
            mark=_mark(subject),
        )

    def said_of(self, name: str) -> list[Found]:
        """What draft and action field say of a subject, by the token of its name."""
        return [one for clause in self._clauses if clause.who == name for one in clause.found]

    # --- people ------------------------------------------------------------------------------------------------

    def _all_wishes(self) -> list[Wish]:
        wishes = [self._subject(one) for one in self._characters]
        if people.word_in(self.found, "crowd") == "nobody" and not wishes and not people.word_in(self.found, "pronoun"):
            return []
        wishes += self._named_by_kind({wish.looks.kind for wish in wishes}, bool(wishes))
        if not wishes:
            wishes = self._from_crowd()
        alone = len(self._characters) == 1 and len(wishes) == 1
        spoken_of = self._any_action() if alone or (self._characters and not self._clauses) else ""
        return [replace(wish, action=wish.action or spoken_of or self._field_action()) for wish in wishes]

    def _subject(self, subject: Mapping[str, str]) -> Wish:
        name = _at(subject.get("name", ""))
        looks_by = str(subject.get("looks_by", "")) or name
        about = self.said_of(name)
        described = self._described(subject)
        said = people.looks_of(about, self._lexicon, self.text)
        told_action = self._lexicon.find(tokens(subject.get("action", "")))
        return Wish(
            name=name,
            looks=_kind_known(described.filled_from(said), looks_by, self._words),
            action=people.action_in(told_action) or people.action_in(about),
            side=_plain_side(subject.get("side", ""), self._words) or people.word_in(about, "side"),
            facing=_plain(subject.get("facing", ""), self._words["facing"]) or people.word_in(about, "facing"),
            depth=people.word_in(told_action, "depth") or people.word_in(about, "depth"),
            mark=_mark(subject),
            looks_by=looks_by,
        )

    def _described(self, subject: Mapping[str, str]) -> Looks:
        """The looks a description tells. What is worn in this shot stands last in it and speaks first."""
        description = str(subject.get("description", ""))
        pieces = SEPARATORS.split(description) if subject.get("worn") else [description]
        looks = Looks()
        for piece in reversed(pieces):
            looks = looks.filled_from(people.looks_of(self._lexicon.find(tokens(piece)), self._lexicon))
        return looks

    def _named_by_kind(self, kinds_there: set[str], with_subjects: bool) -> list[Wish]:
        """People the draft names by a noun: one for each kind, and one more for "another woman"."""
        wishes: list[Wish] = []
        for clause in self._clauses:
            if clause.who.startswith("@"):
                continue
            first = clause.noun
            before = self.text[max(0, first.start - 3) : first.start]
            new = not kinds_there & {clause.who} or bool(people.NEW_PERSON.intersection(before))
            for _ in range(2 if TWO.intersection(before) else 1) if new else ():
                wishes.append(self._by_kind(clause, len(wishes)))
            kinds_there.add(clause.who)
        return wishes if with_subjects else wishes or self._by_pronoun()

    def _by_kind(self, clause: Clause, number: int) -> Wish:
        # The words before the noun ("a young red-haired woman") belong to it as well.
        start = clause.noun.start
        told = [one for one in self.found if one.field in people.ADJECTIVES or one.field == "hair_noun"]
        before = tuple(one for one in told if start - 4 <= one.start < start)
        looks = people.looks_of(before + clause.found, self._lexicon, self.text)
        return Wish(
            name=f"{clause.who} {number + 1}",
            looks=replace(looks, kind=clause.who),
            action=people.action_in(clause.found),
            side=people.word_in(clause.found, "side"),
            facing=people.word_in(clause.found, "facing"),
            depth=people.word_in(clause.found, "depth"),
        )

    def _by_pronoun(self) -> list[Wish]:
        """ "She sits, he waves": each does what follows; "her" alone says that there is a woman."""
        told = [one for one in self.found if one.field == "pronoun"]
        kinds = list(dict.fromkeys(one.word for one in told))[: people.MOST_PEOPLE]
        if len(kinds) == 1:
            looks = replace(people.looks_of(self.found, self._lexicon, self.text), kind=kinds[0])
            return [Wish(f"{kinds[0]} 1", looks, self._any_action())]
        starts = [one for one in told if self.text[one.start] in SUBJECT_PRONOUNS]
        return [self._of_pronoun(kind, starts) for kind in kinds]

    def _of_pronoun(self, kind: str, starts: Sequence[Found]) -> Wish:
        ends = [*(one.start for one in starts), len(self.text)][1:]
        mine = [(one.start, end) for one, end in zip(starts, ends, strict=True) if one.word == kind]
        found = [one for one in self.found if any(start <= one.start < end for start, end in mine)]
        return Wish(
            name=f"{kind} 1",
            looks=replace(people.looks_of(found, self._lexicon, self.text), kind=kind),
            action=people.action_in(found),
            side=people.word_in(found, "side"),
            facing=people.word_in(found, "facing"),
            depth=people.word_in(found, "depth"),
        )

    def _from_crowd(self) -> list[Wish]:
        """ "Two people", "someone": a woman and a man, or whoever the name of nobody in particular gives."""
        first = next((one for one in self.found if one.field == "crowd"), None)
        number = first.word if first else ""
        if first and number == "one" and TWO.intersection(self.text[max(0, first.start - TWO_REACH) : first.start]):
            number = "two"
        match number:
            case "two":
                return [Wish(f"{kind} 1", Looks(kind=kind), self._any_action()) for kind in people.ADULTS]
            case "one":
                return [Wish("someone", people.looks_of(self.found, self._lexicon, self.text), self._any_action())]
        return []

    def _any_action(self) -> str:
        return people.action_in(self.found)

    def _field_action(self) -> str:
        """What the action field says of nobody by name holds for everybody whom nothing else was said of."""
        text = tokens(self._fields.get("action", ""))
        if any(token in self.names for token in text):
            return ""
        spoken = "talking" if self._fields.get("dialogue") and not text else ""
        return people.action_in(self._lexicon.find(text)) or spoken


def _names(characters: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Tokens that mention somebody: the @name, and the name alone as people write it in a draft."""
    names = {}
    for one in characters:
        name = _at(one.get("name", ""))
        names[name] = name
        for bare in (name.removeprefix("@"), str(one.get("name", "")).removeprefix("@").casefold()):
            names.setdefault(bare, name)
    names.pop("", None)
    return names


def _mark(subject: Mapping[str, str]) -> str:
    """The name as its reference pictures carry it, where there are any."""
    pictures = str(subject.get("pictures", "")).strip()
    shown = pictures.isdigit() and int(pictures) > 0
    name = str(subject.get("name", "")).removeprefix("@")
    return f"@{name}" if shown and name else ""


def _at(name: str) -> str:
    return name_token(str(name))


def _kind_known(looks: Looks, by: str, words: Mapping[str, Sequence[str]]) -> Looks:
    return replace(looks, kind=looks.kind or people.invented_looks(by, words).kind)


def _plain(value: str, words: Sequence[str]) -> str:
    """A field's own word, as the window or the command line gives it."""
    shown = str(value).strip().casefold().removeprefix("facing ").replace("center", "centre")
    shown = "us" if shown in ("camera", "the camera", "front") else shown
    return shown if shown in words else ""


def _plain_side(value: str, words: Mapping[str, Sequence[str]]) -> str:
    shown = str(value).strip().casefold()
    return _plain("centre" if shown == "middle" else shown, words["side"])
