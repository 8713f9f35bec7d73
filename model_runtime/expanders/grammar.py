"""The built-in prompt writer: the shot's fields, its place and its subjects in the sketch engine's caption form.

Offline, instant and repeatable. What cannot be drawn is named in the notes, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from model_runtime import protocol
from model_runtime.expanders import people, things
from model_runtime.expanders.captions import USUAL, Caption, CaptionForm, load_form
from model_runtime.expanders.drawable import Shot, Staging
from model_runtime.expanders.lexicon import Found, Lexicon, load_lexicon, tokens
from model_runtime.expanders.people import Clause, Looks, Wish
from model_runtime.expanders.things import ThingWish, thing_of
from model_runtime.failures import BadInput

STYLE = "sketch"
LONGEST_DRAFT = 4000
NOT_DRAWN_FIELDS = ("lens", "height")
"""Fields the engine does not read."""

WORD_FIELDS = ("size", "angle", "move", "location", "time", "weather")
CAMERA_FIELDS = ("angle", "size", "move")
"""An angle may be written in any of them: "OTS" is given as a size as often."""

TOLD_FIELDS = ("size", "angle", "move", "location", "time", "weather", "action", "dialogue", "heading")
NOTHING_BY_ITSELF = ("spoken", "inside", "colour", "measure", "side", "facing", "depth", "motion")
"""What is found and shows nothing unless somebody or something is there."""


class GrammarExpander:
    def __init__(self, assets: Path) -> None:
        self.folder = assets / "prompts"

    def expand(self, request: protocol.ExpandPrompt) -> protocol.Expanded:
        if request.style not in (STYLE, ""):
            raise BadInput(
                f"The built-in prompt writer does not write in the style {request.style!r}.",
                f"Choose the style {STYLE!r}, or another prompt writer.",
            )
        form, lexicon = load_form(self.folder / "sketch.toml"), load_lexicon(self.folder)
        shot = ShotWords(request, form, lexicon)
        text = form.compose(shot.caption())
        if request.max_length and len(text) > request.max_length:
            raise BadInput(
                f"The full prompt has {len(text)} characters; the engine reads {request.max_length}.",
                "Take somebody out of the shot.",
            )
        return protocol.Expanded(request.job, request.attempt, text, shot.unknown(), shot.notes())


class ShotWords:
    """Everything one request says, found once; the answers are read from it."""

    def __init__(self, request: protocol.ExpandPrompt, form: CaptionForm, lexicon: Lexicon) -> None:
        _check_length(request)
        self.request, self.form, self.lexicon = request, form, lexicon
        self.fields = {name: str(value).strip() for name, value in request.fields.items()}
        self.things = {_at(one.get("name", "")): thing for one in request.subjects if (thing := thing_of(one, lexicon))}
        self.characters = [one for one in request.subjects if self._is_somebody(one)]
        self.names = _names([one for one in request.subjects if one in self.characters or self._is_thing(one)])
        self.text = tokens(f"{request.draft} . {self.fields.get('action', '')}")
        self.all_found = lexicon.find(self.text)
        self.mentions = things.mentions(self.text, self.all_found, lexicon)
        used = frozenset[Found]().union(*(mention.used for mention in self.mentions))
        self.found = [one for one in self.all_found if one not in used]
        self.clauses = people.clauses(self.text, self.found, self.names)
        self.wishes, self.animals = self._wishes(), self._animals()
        self._refuse_nothing()
        shot = Shot(self._size(), self._angle() or USUAL["angle"], self._location() or self._default_location())
        self.staging = Staging(shot, self.wishes, self.animals, self._behind(), lexicon)
        self.shot = shot

    def caption(self) -> Caption:
        defaults = self.lexicon.defaults
        return Caption(
            size=self.shot.size,
            angle=self.staging.angle,
            move=self._told("move") or defaults["move"],
            location=self.shot.location,
            time=self._told("time") or defaults["time"],
            weather=self._told("weather") or defaults["weather"],
            subjects=self.staging.subjects(self.form.words),
        )

    def unknown(self) -> tuple[str, ...]:
        bare = {name.removeprefix("@") for name in self.names} | set(self.names)
        strangers = {token for token in self.text if token.startswith("@")}
        return self.lexicon.unknown(self.text, bare | strangers)

    def notes(self) -> tuple[str, ...]:
        notes = list(self.staging.notes)
        notes += [f"Only one {one.wish.thing} is drawn." for one in self.mentions if one.several]
        strangers = dict.fromkeys(token for token in self.text if token.startswith("@") and token not in self.names)
        drawn = {str(one.get("name", "")).casefold() for one in self.request.subjects}
        notes += [f"{name} is left out: it is no subject of this shot." for name in strangers if name not in drawn]
        notes += [
            f"{one.get('name', '')} is left out: this engine draws no {one.get('kind', '')} of its own."
            for one in self.request.subjects
            if one.get("kind", "character") not in ("character", "location") and not self._is_thing(one)
        ]
        notes += [
            f"The {name} {value!r} is left out: this engine does not draw it."
            for name in NOT_DRAWN_FIELDS
            if (value := self.fields.get(name, ""))
        ]
        notes += [
            f"The {name} {self.fields[name]!r} is not among this engine's words."
            for name in WORD_FIELDS
            if self.fields.get(name) and not self._field_word(name) and not self._in(name, "angle")
        ]
        if not self._location():
            notes.append(f"No place was named that this engine draws: it draws the {self.shot.location}.")
        return tuple(notes)

    # --- fields ------------------------------------------------------------------------------------------------

    def _size(self) -> str:
        nobody = not (self.wishes or self.animals)
        return self._told("size") or self.lexicon.defaults["size_nobody" if nobody else "size"]

    def _angle(self) -> str:
        by_field = next((word for name in CAMERA_FIELDS if (word := self._in(name, "angle"))), "")
        over = "over-the-shoulder" if self._shoulder() is not None else ""
        return by_field or self._field_word("angle") or over or self._told("angle")

    def _shoulder(self) -> list[str] | None:
        """The words between "over" and "shoulder" where the draft says so: whose shoulder it is."""
        for i, token in enumerate(self.text):
            before = self.text[max(0, i - 3) : i]
            if token == "shoulder" and "over" in before:
                return before[before.index("over") + 1 :]
        return None

    def _behind(self) -> str:
        """Who is looked over the shoulder of, as far as the draft names them."""
        words = self._shoulder() or []
        named = [self.names[token] for token in words if token in self.names]
        kinds = [one.word for one in self.lexicon.find(words) if one.field in ("kind", "pronoun")]
        of_kind = [wish.name for kind in kinds for wish in self.wishes if wish.looks.kind == kind]
        return next(iter([*named, *of_kind]), "")

    def _told(self, name: str) -> str:
        """The word a field tells: its own value first, then the scene's heading, then the draft."""
        return self._field_word(name) or self._in("heading", name) or people.word_in(self.found, name)

    def _field_word(self, name: str) -> str:
        value = self.fields.get(name, "")
        if not value:
            return ""
        found = self._in(name, name)
        shown = value.casefold()
        return found or next((word for word in self.form.words[name] if word.startswith(shown)), "")

    def _in(self, field: str, meaning: str) -> str:
        return people.word_in(self.lexicon.find(tokens(self.fields.get(field, ""))), meaning)

    def _location(self) -> str:
        texts = [self.fields.get("location", ""), self.fields.get("heading", "")]
        texts += [
            f"{str(one.get('name', '')).removeprefix('@').replace('_', ' ')} . {one.get('description', '')}"
            for one in self.request.subjects
            if one.get("kind") == "location"
        ]
        found = [self.lexicon.find(tokens(text)) for text in texts] + [self.found]
        for places in found[:-1]:
            # A field is short and about the place alone, so there even a weak word names it.
            if word := people.word_in(places, "location") or people.word_in(places, "weak_location"):
                return word
        return people.word_in(self.found, "location") or people.word_in(self.found, "weak_location")

    def _default_location(self) -> str:
        heading = self.lexicon.find(tokens(self.fields.get("heading", ""))) + self.found
        if people.word_in(heading, "inside") == "inside":
            return self.lexicon.defaults["inside"]
        usual = self.lexicon.defaults["location"]
        places = self.lexicon.drawn_at.get(self.animals[0].thing, ()) if self.animals else ()
        return usual if not places or usual in places else places[0]

    # --- animals and vehicles ----------------------------------------------------------------------------------

    def _is_thing(self, subject: Mapping[str, str]) -> bool:
        return _at(subject.get("name", "")) in self.things

    def _is_somebody(self, subject: Mapping[str, str]) -> bool:
        return subject.get("kind", "character") == "character" and not self._is_thing(subject)

    def _animals(self) -> list[ThingWish]:
        """The subjects that are some, then those the draft names by a noun: one of each sort."""
        found = [self._subject_thing(one) for one in self.request.subjects if self._is_thing(one)]
        for mention in self.mentions:
            same = [i for i, one in enumerate(found) if one.thing == mention.wish.thing]
            if same:
                found[same[0]] = found[same[0]].filled_from(mention.wish)
            else:
                found.append(mention.wish)
        return found

    def _subject_thing(self, subject: Mapping[str, str]) -> ThingWish:
        name, words = _at(subject.get("name", "")), self.form.words
        about = self._about(name)
        told = self.lexicon.find(tokens(subject.get("action", "")))
        return ThingWish(
            name=name,
            thing=self.things[name],
            colour=things.colour_in(self.lexicon.find(tokens(subject.get("description", ""))), self.lexicon),
            motion=things.motion_in(told) or things.motion_in(about),
            side=_plain_side(subject.get("side", ""), words) or people.word_in(about, "side"),
            facing=_plain(subject.get("facing", ""), words["facing"]) or people.word_in(about, "facing"),
            depth=people.word_in(about, "depth"),
            mark=_mark(subject),
        )

    def _about(self, name: str) -> list[Found]:
        return [one for clause in self.clauses if clause.who == name for one in clause.found]

    # --- people ------------------------------------------------------------------------------------------------

    def _wishes(self) -> list[Wish]:
        wishes = [self._subject(one) for one in self.characters]
        if people.word_in(self.found, "crowd") == "nobody" and not wishes and not people.word_in(self.found, "pronoun"):
            return []
        wishes += self._named_by_kind({wish.looks.kind for wish in wishes}, bool(wishes))
        if not wishes:
            wishes = self._from_crowd()
        if len(self.characters) == 1 and len(wishes) == 1:
            wishes[0] = replace(wishes[0], action=wishes[0].action or self._any_action())
        return [replace(wish, action=wish.action or self._field_action()) for wish in wishes]

    def _subject(self, subject: Mapping[str, str]) -> Wish:
        name = _at(subject.get("name", ""))
        about = self._about(name)
        about_them = self.lexicon.find(tokens(subject.get("description", "")))
        described = people.looks_of(about_them, self.lexicon, described=True)
        said = people.looks_of(about, self.lexicon)
        told_action = self.lexicon.find(tokens(subject.get("action", "")))
        return Wish(
            name=name,
            looks=_kind_known(described.filled_from(said), name, self.form.words),
            action=people.action_in(told_action) or people.action_in(about),
            side=_plain_side(subject.get("side", ""), self.form.words) or people.word_in(about, "side"),
            facing=_plain(subject.get("facing", ""), self.form.words["facing"]) or people.word_in(about, "facing"),
            depth=people.word_in(told_action, "depth") or people.word_in(about, "depth"),
            mark=_mark(subject),
        )

    def _named_by_kind(self, kinds_there: set[str], with_subjects: bool) -> list[Wish]:
        """People the draft names by a noun: one for each kind, and one more for "another woman"."""
        wishes: list[Wish] = []
        for clause in self.clauses:
            if clause.who.startswith("@"):
                continue
            first = clause.found[0]
            before = self.text[max(0, first.start - 3) : first.start]
            new = not kinds_there & {clause.who} or bool(people.NEW_PERSON.intersection(before))
            for _ in range(2 if "two" in before else 1) if new else ():
                wishes.append(self._by_kind(clause, len(wishes)))
            kinds_there.add(clause.who)
        return wishes if with_subjects else wishes or self._by_pronoun()

    def _by_kind(self, clause: Clause, number: int) -> Wish:
        # The words before the noun ("a young red-haired woman") belong to it as well.
        start = clause.found[0].start
        told = [one for one in self.found if one.field in people.ADJECTIVES or one.field == "hair_noun"]
        before = tuple(one for one in told if start - 4 <= one.start < start)
        looks = people.looks_of(before + clause.found, self.lexicon)
        return Wish(
            name=f"{clause.who} {number + 1}",
            looks=replace(looks, kind=clause.who),
            action=people.action_in(clause.found),
            side=people.word_in(clause.found, "side"),
            facing=people.word_in(clause.found, "facing"),
            depth=people.word_in(clause.found, "depth"),
        )

    def _by_pronoun(self) -> list[Wish]:
        kinds = dict.fromkeys(one.word for one in self.found if one.field == "pronoun")
        looks = people.looks_of(self.found, self.lexicon)
        return [
            Wish(f"{kind} 1", replace(looks, kind=kind) if len(kinds) == 1 else Looks(kind=kind), self._any_action())
            for kind in list(kinds)[: people.MOST_PEOPLE]
        ]

    def _from_crowd(self) -> list[Wish]:
        """ "Two people", "someone": a woman and a man, or whoever the name of nobody in particular gives."""
        match people.word_in(self.found, "crowd"):
            case "two":
                return [Wish(f"{kind} 1", Looks(kind=kind), self._any_action()) for kind in people.ADULTS]
            case "one":
                return [Wish("someone", people.looks_of(self.found, self.lexicon), self._any_action())]
        return []

    def _any_action(self) -> str:
        return people.action_in(self.found)

    def _field_action(self) -> str:
        """What the action field says of nobody by name holds for everybody whom nothing else was said of."""
        text = tokens(self.fields.get("action", ""))
        if any(token in self.names for token in text):
            return ""
        spoken = "talking" if self.fields.get("dialogue") and not text else ""
        return people.action_in(self.lexicon.find(text)) or spoken

    # --- refusals ----------------------------------------------------------------------------------------------

    def _refuse_nothing(self) -> None:
        told = any(self.fields.get(name) for name in TOLD_FIELDS) or bool(self.request.subjects)
        if not self.request.draft.strip() and not told:
            raise BadInput(
                "There is nothing to draw yet: the prompt is empty and no field says anything.",
                "Write what the shot shows, or choose a place, a size or a subject.",
            )
        drawable = [one for one in self.all_found if one.field not in NOTHING_BY_ITSELF]
        if not told and not drawable:
            raise BadInput(
                f"Nothing in the prompt {_short(self.request.draft)} can be drawn by this engine.",
                f"Name a place ({', '.join(self.form.words['location'][:3])}…), somebody or a shot size.",
            )


def _check_length(request: protocol.ExpandPrompt) -> None:
    if len(request.draft) > LONGEST_DRAFT:
        raise BadInput(
            f"The prompt has {len(request.draft):,} characters; {LONGEST_DRAFT:,} are the most.", "Shorten the prompt."
        )


def _names(characters: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Tokens that mention somebody: the @name, and the name alone as people write it in a draft."""
    names = {}
    for one in characters:
        name = _at(one.get("name", ""))
        names[name] = name
        names.setdefault(name.removeprefix("@"), name)
    names.pop("", None)
    return names


def _mark(subject: Mapping[str, str]) -> str:
    """The name as its reference pictures carry it, where there are any."""
    pictures = str(subject.get("pictures", "")).strip()
    shown = pictures.isdigit() and int(pictures) > 0
    name = str(subject.get("name", "")).removeprefix("@")
    return f"@{name}" if shown and name else ""


def _at(name: str) -> str:
    return "@" + str(name).casefold().removeprefix("@")


def _kind_known(looks: Looks, name: str, words: Mapping[str, Sequence[str]]) -> Looks:
    return replace(looks, kind=looks.kind or people.invented_looks(name, words).kind)


def _plain(value: str, words: Sequence[str]) -> str:
    """A field's own word, as the window or the command line gives it."""
    shown = str(value).strip().casefold().removeprefix("facing ").replace("center", "centre")
    shown = "us" if shown in ("camera", "the camera", "front") else shown
    return shown if shown in words else ""


def _plain_side(value: str, words: Mapping[str, Sequence[str]]) -> str:
    shown = str(value).strip().casefold()
    return _plain("centre" if shown == "middle" else shown, words["side"])


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return f"“{one_line[:60]}{'…' if len(one_line) > 60 else ''}”"
