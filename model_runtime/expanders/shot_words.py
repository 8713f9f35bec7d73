"""Everything that one request says, found once, in the sketch engine's words: what it tells and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from model_runtime import protocol
from model_runtime.expanders import people
from model_runtime.expanders.captions import USUAL, Caption, CaptionForm
from model_runtime.expanders.cast import Cast
from model_runtime.expanders.drawable import OVER_THE_SHOULDER, Shot, Staging
from model_runtime.expanders.lexicon import Found, Lexicon, tokens
from model_runtime.expanders.people import Wish
from model_runtime.expanders.things import ThingWish
from model_runtime.expanders.variants import choices, turn
from model_runtime.failures import BadInput

LONGEST_DRAFT = 4000
CAMERA_FIELDS = ("angle", "size", "move")
"""An angle may be written in any of them: "OTS" is given as a size as often."""
LIGHT = ("time", "weather")
"""What a shot takes over from the one before where nothing tells it."""
TOLD_FIELDS = ("size", "angle", "move", "location", "time", "weather", "action", "dialogue", "heading")
LABEL = re.compile(r"\s*([\w -]{3,24})[:.]")
MIRRORED = "mirrored"


class ShotWords:
    """What is told by locked parts, fields, the scene's heading and the draft, in this order of weight."""

    def __init__(
        self, request: protocol.ExpandPrompt, form: CaptionForm, lexicon: Lexicon, *, places_people: bool = True
    ) -> None:
        """`places_people`: the text says where everybody stands, told or not, so that a variant may exchange them.

        Raises BadInput where the draft is too long or nothing at all is said.
        """
        _check_length(request)
        self.request, self.form, self.lexicon = request, form, lexicon
        self.fields = {name: str(value).strip() for name, value in request.fields.items()}
        self._found_in = {name: lexicon.find(tokens(text)) for name, text in self.fields.items()}
        self._locked = _locked_words(request.locked, form)
        self._before = lexicon.find(tokens(" . ".join(request.before.get(name, "") for name in ("action", "prompt"))))
        self.cast = Cast(request, lexicon, form.words)
        self._check_says_something()
        self._places_people = places_people
        self._choices = choices(self._left_open())
        self._chosen = self._choices[turn(request.variant, len(self._choices))]
        self.size = self._or_chosen("size", self._sizes()[0])
        self.angle = self._or_chosen("angle", USUAL["angle"])
        self.move = self._or_chosen("move", lexicon.variants["move"][0])
        self.shot = Shot(self.size, self.angle, self.location() or self._default_location())
        self.staging = Staging(self.shot, self.cast.wishes, self.cast.animals, self.cast.behind(), lexicon)

    def caption(self) -> Caption:
        """With everything that a drawing needs, told or filled in."""
        defaults = self.lexicon.defaults
        return Caption(
            size=self.shot.size,
            angle=self.staging.angle,
            move=self.move,
            location=self.shot.location,
            time=self.told("time") or self.kept("time") or defaults["time"],
            weather=self.told("weather") or self.kept("weather") or defaults["weather"],
            subjects=self.staging.subjects(self.form.words, mirrored=bool(self._chosen.get(MIRRORED))),
        )

    def unknown(self) -> tuple[str, ...]:
        """Words of the draft that mean nothing in these words."""
        cast = self.cast
        bare = {name.removeprefix("@") for name in cast.names} | set(cast.names)
        strangers = {token for token in cast.text if token.startswith("@")}
        return self.lexicon.unknown(cast.text, bare | strangers)

    @property
    def is_drawable(self) -> bool:
        """Whether the sketch engine could make anything of it: a field or subject, or a word that shows something."""
        return self._some_field or any(one.field not in NOTHING_BY_ITSELF for one in self.cast.all_found)

    @property
    def is_only_one(self) -> bool:
        """Nothing was left open that another variant could tell."""
        return len(self._choices) == 1

    # --- what is told ------------------------------------------------------------------------------------------

    def told(self, name: str) -> str:
        """size, angle, move, location, time or weather; empty where nothing tells it."""
        if name in self._locked:
            return self._locked[name]
        if name == "angle":
            return self._angle()
        if name == "location":
            return self.location()
        if name == "size":
            return self._told("size") or self._labelled("size")
        return self._told(name)

    def kept(self, name: str) -> str:
        """Time or weather as the shot before tells it; empty where this shot tells its own."""
        return "" if self.told(name) or name not in LIGHT else people.word_in(self._before, name)

    def in_draft(self, name: str) -> bool:
        """Whether the draft itself says it, so that it need not be said again."""
        return any(one.field in (name, f"weak_{name}") for one in self.cast.draft_found)

    def field_word(self, name: str) -> str:
        """The engine's word for what a field says."""
        return self._in(name, name) or self._beginning(self.fields.get(name, ""), name)

    def angle_in(self, name: str) -> str:
        return self._in(name, "angle")

    def location(self) -> str:
        """The place told; a subject that is a place tells it as well as a field."""
        if "location" in self._locked:
            return self._locked["location"]
        texts = [self.fields.get("location", ""), self.fields.get("heading", "")]
        texts += [
            f"{str(one.get('name', '')).removeprefix('@').replace('_', ' ')} . {one.get('description', '')}"
            for one in self.request.subjects
            if one.get("kind") == "location"
        ]
        for places in (self.lexicon.find(tokens(text)) for text in texts):
            # A field is short and about the place alone, so there even a weak word names it.
            if word := people.word_in(places, "location") or people.word_in(places, "weak_location"):
                return word
        return people.word_in(self.cast.found, "location") or people.word_in(self.cast.found, "weak_location")

    @property
    def is_inside(self) -> bool:
        """Whether the heading, the draft or the place itself says so."""
        said = people.word_in(self._heading_and_draft(), "inside")
        return said == "inside" or (not said and self.location() in self.lexicon.indoors)

    def _angle(self) -> str:
        by_field = next((word for name in CAMERA_FIELDS if (word := self.angle_in(name))), "")
        over = OVER_THE_SHOULDER if self.cast.shoulder() is not None else ""
        return by_field or self.field_word("angle") or over or self._told("angle")

    def _told(self, name: str) -> str:
        """The word a field tells: its own value first, then the scene's heading, then the draft."""
        return self.field_word(name) or self._in("heading", name) or people.word_in(self.cast.found, name)

    def _labelled(self, name: str) -> str:
        """ "Wide: a man waits." """
        label = LABEL.match(self.request.draft)
        return self._beginning(label[1], name) if label else ""

    def is_label(self, text: str) -> bool:
        """Whether this, before a colon, is a shot size."""
        return bool(self._beginning(text, "size"))

    def _beginning(self, text: str, name: str) -> str:
        """The engine's word that begins with this text."""
        shown = text.strip().casefold()
        return next((word for word in self.form.words[name] if shown and word.startswith(shown)), "")

    def _in(self, field: str, meaning: str) -> str:
        return people.word_in(self._found_in.get(field, []), meaning)

    def _heading_and_draft(self) -> list[Found]:
        return self._found_in.get("heading", []) + self.cast.found

    # --- what is left open -------------------------------------------------------------------------------------

    def _or_chosen(self, name: str, usual: str) -> str:
        return self.told(name) or self._chosen.get(name, usual)

    def _left_open(self) -> Mapping[str, Sequence[str]]:
        """What no locked part, field or draft tells, by name, the usual first."""
        ways, left_open = self.lexicon.variants, dict[str, Sequence[str]]()
        if not self.told("size") and (not self.fields.get("size") or self.angle_in("size")):
            left_open["size"] = self._sizes()
        if not self.told("angle") and not self.fields.get("angle"):
            left_open["angle"] = ways["angle"]
        if not self.told("move") and (not self.fields.get("move") or self.angle_in("move")):
            left_open["move"] = ways["move"]
        if self._places_people and self._may_be_mirrored():
            left_open[MIRRORED] = ("", MIRRORED)
        return left_open

    def _sizes(self) -> Sequence[str]:
        """Those in which what everybody does can be seen."""
        cast = self.cast
        if not (cast.wishes or cast.animals):
            return self.lexicon.variants["size_nobody"]
        usual, *others = self.lexicon.variants["size"]
        doing = {wish.action for wish in cast.wishes}
        return (usual, *(size for size in others if not doing.intersection(self.lexicon.unseen.get(size, ()))))

    def _may_be_mirrored(self) -> bool:
        """Several stand side by side and nobody is told where or which way."""
        placed: list[Wish | ThingWish] = [*self.cast.wishes, *self.cast.animals]
        return len(placed) > 1 and not any(one.side or one.facing for one in placed)

    def _default_location(self) -> str:
        if people.word_in(self._heading_and_draft(), "inside") == "inside":
            return self.lexicon.defaults["inside"]
        usual = self.lexicon.defaults["location"]
        places = self.lexicon.drawn_at.get(self.cast.animals[0].thing, ()) if self.cast.animals else ()
        return usual if not places or usual in places else places[0]

    # --- refusals ----------------------------------------------------------------------------------------------

    @property
    def _some_field(self) -> bool:
        return any(self.fields.get(name) for name in TOLD_FIELDS) or bool(self.request.subjects or self.request.locked)

    def _check_says_something(self) -> None:
        if not self.request.draft.strip() and not self._some_field:
            raise BadInput(
                "There is nothing to draw yet: the prompt is empty and no field says anything.",
                "Write what the shot shows, or choose a place, a size or a subject.",
            )


NOTHING_BY_ITSELF = ("spoken", "inside", "colour", "measure", "side", "facing", "depth", "motion")
"""What is found and shows nothing unless somebody or something is there."""


def _locked_words(locked: Sequence[protocol.PromptPart], form: CaptionForm) -> dict[str, str]:
    """What locked parts in the caption form tell, by name: the rest of the text must fit them."""
    words: dict[str, str] = {}
    for part in locked:
        if part.kind == "shot" and (told := form.shot_of(part.text)):
            words |= {"angle": USUAL["angle"], **told}
        elif part.kind == "place":
            words |= form.place_of(part.text)
    return words


def _check_length(request: protocol.ExpandPrompt) -> None:
    if len(request.draft) > LONGEST_DRAFT:
        raise BadInput(
            f"The prompt has {len(request.draft):,} characters; {LONGEST_DRAFT:,} are the most.", "Shorten the prompt."
        )
