"""The built-in prompt writer: the shot's fields, its place and its subjects in the sketch engine's caption form.

Offline, instant and repeatable. What cannot be drawn is named in the notes, never dropped in silence.
"""

from __future__ import annotations

import re
from pathlib import Path

from model_runtime import protocol
from model_runtime.expanders import people
from model_runtime.expanders.captions import USUAL, Caption, CaptionForm, load_form
from model_runtime.expanders.cast import Cast
from model_runtime.expanders.drawable import Shot, Staging
from model_runtime.expanders.lexicon import Lexicon, load_lexicon, tokens
from model_runtime.failures import BadInput

STYLE = "sketch"
LONGEST_DRAFT = 4000
NOT_DRAWN_FIELDS = ("lens", "height")
"""Fields the engine does not read."""

WORD_FIELDS = ("size", "angle", "move", "location", "time", "weather")
CAMERA_FIELDS = ("angle", "size", "move")
"""An angle may be written in any of them: "OTS" is given as a size as often."""

TOLD_FIELDS = ("size", "angle", "move", "location", "time", "weather", "action", "dialogue", "heading")
LABEL = re.compile(r"\s*([\w -]{3,24})[:.]")
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
        self.cast = Cast(request, lexicon, form.words)
        self._refuse_nothing()
        self.shot = Shot(self._size(), self._angle() or USUAL["angle"], self._location() or self._default_location())
        self.staging = Staging(self.shot, self.cast.wishes, self.cast.animals, self.cast.behind(), lexicon)

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
        cast = self.cast
        bare = {name.removeprefix("@") for name in cast.names} | set(cast.names)
        strangers = {token for token in cast.text if token.startswith("@")}
        return self.lexicon.unknown(cast.text, bare | strangers)

    def notes(self) -> tuple[str, ...]:
        notes = [*self.staging.notes, *self.cast.left_out()]
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
        nobody = not (self.cast.wishes or self.cast.animals)
        return (
            self._told("size") or self._labelled("size") or self.lexicon.defaults["size_nobody" if nobody else "size"]
        )

    def _angle(self) -> str:
        by_field = next((word for name in CAMERA_FIELDS if (word := self._in(name, "angle"))), "")
        over = "over-the-shoulder" if self.cast.shoulder() is not None else ""
        return by_field or self._field_word("angle") or over or self._told("angle")

    def _told(self, name: str) -> str:
        """The word a field tells: its own value first, then the scene's heading, then the draft."""
        return self._field_word(name) or self._in("heading", name) or people.word_in(self.cast.found, name)

    def _field_word(self, name: str) -> str:
        return self._in(name, name) or self._beginning(self.fields.get(name, ""), name)

    def _labelled(self, name: str) -> str:
        """ "Wide: a man waits." """
        label = LABEL.match(self.request.draft)
        return self._beginning(label[1], name) if label else ""

    def _beginning(self, text: str, name: str) -> str:
        """The engine's word that begins with this text."""
        shown = text.strip().casefold()
        return next((word for word in self.form.words[name] if shown and word.startswith(shown)), "")

    def _in(self, field: str, meaning: str) -> str:
        return people.word_in(self.lexicon.find(tokens(self.fields.get(field, ""))), meaning)

    def _location(self) -> str:
        texts = [self.fields.get("location", ""), self.fields.get("heading", "")]
        texts += [
            f"{str(one.get('name', '')).removeprefix('@').replace('_', ' ')} . {one.get('description', '')}"
            for one in self.request.subjects
            if one.get("kind") == "location"
        ]
        found = [self.lexicon.find(tokens(text)) for text in texts] + [self.cast.found]
        for places in found[:-1]:
            # A field is short and about the place alone, so there even a weak word names it.
            if word := people.word_in(places, "location") or people.word_in(places, "weak_location"):
                return word
        return people.word_in(self.cast.found, "location") or people.word_in(self.cast.found, "weak_location")

    def _default_location(self) -> str:
        heading = self.lexicon.find(tokens(self.fields.get("heading", ""))) + self.cast.found
        if people.word_in(heading, "inside") == "inside":
            return self.lexicon.defaults["inside"]
        usual = self.lexicon.defaults["location"]
        places = self.lexicon.drawn_at.get(self.cast.animals[0].thing, ()) if self.cast.animals else ()
        return usual if not places or usual in places else places[0]

    # --- refusals ----------------------------------------------------------------------------------------------

    def _refuse_nothing(self) -> None:
        told = any(self.fields.get(name) for name in TOLD_FIELDS) or bool(self.request.subjects)
        if not self.request.draft.strip() and not told:
            raise BadInput(
                "There is nothing to draw yet: the prompt is empty and no field says anything.",
                "Write what the shot shows, or choose a place, a size or a subject.",
            )
        drawable = [one for one in self.cast.all_found if one.field not in NOTHING_BY_ITSELF]
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


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return f"“{one_line[:60]}{'…' if len(one_line) > 60 else ''}”"
