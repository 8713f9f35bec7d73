"""Where a shot of a prose prompt takes place, in what light, and how the camera sees it."""

from __future__ import annotations

import re

from model_runtime.expanders.captions import USUAL
from model_runtime.expanders.introduced import Introducer, name_of
from model_runtime.expanders.shot_words import LIGHT
from model_runtime.expanders.telling import STOPS, Telling

PLACE = "location"
"""Kind of the subjects that are places."""
HEADING = re.compile(r"\s*(?:INT|EXT|I/E|INT\.?/EXT)[.\s]+([^-–—]+)", re.IGNORECASE)
MILLIMETRES = re.compile(r"(\d+)\s*(?:mm)?", re.IGNORECASE)


class Setting:
    """Sentences about place, light and camera: what fields tell, unless the draft says it in its own words."""

    def __init__(self, telling: Telling, people: Introducer) -> None:
        self._tell, self._people = telling, people
        self._words, self._fields, self._phrases = telling.words, telling.fields, telling.phrases

    # --- place and light ---------------------------------------------------------------------------------------

    def place(self) -> str:
        where, time, weather = self._where(), self._light("time"), self._light("weather")
        kind = "place" if where else "light" if time else "weather"
        return self._tell.sentence(kind, location=where, time=time, weather=weather)

    def kept_light(self) -> str:
        """Time and weather where only the shot before tells them."""
        light = {name: self._as_light(name, self._words.kept(name)) for name in LIGHT}
        return self._tell.sentence("kept_light" if light["time"] else "weather", **light)

    def _where(self) -> str:
        places = [one for one in self._tell.request.subjects if one.get("kind") == PLACE and name_of(one)]
        if places:
            known = name_of(places[0]) in self._people.mentioned
            return "" if known else self._people.by_name(places[0]).rstrip(",")
        written, word = self._fields.get("location", "") or self._in_heading(), self._words.told("location")
        return "" if self._tell.is_said("location", word, written) else self._tell.field("location", written or word)

    def _in_heading(self) -> str:
        """The place of a scene's heading: INT. CABIN - NIGHT."""
        heading = HEADING.match(self._fields.get("heading", ""))
        return heading[1].strip() if heading else ""

    def _light(self, name: str) -> str:
        written, word = self._fields.get(name, ""), self._words.told(name)
        return "" if self._tell.is_said(name, word, written) else self._as_light(name, written or word)

    def _as_light(self, name: str, told: str) -> str:
        return self._tell.field(name, told, inside=self._words.is_inside)

    # --- camera ------------------------------------------------------------------------------------------------

    def shot(self) -> str:
        size, angle, height = self._size(), self._angle(), self._own("height")
        told = {
            "size": size,
            "a_size": self._phrases.noun(size),
            "angle": angle,
            "lens": self._lens(),
            "height": height,
        }
        if size:
            return self._tell.sentence("shot", **told)
        return self._tell.finished(self._phrases.joined([angle, told["lens"], height]))

    def camera(self) -> str:
        written = self._fields.get("move", "")
        if not written:
            move = "" if self._tell.draft_says("move") else self._phrases.said("move", self._words.move)
            return self._tell.sentence("camera", move=move)
        word = written if self._phrases.has("move", written) else self._phrases.meant("move", written)
        if word:
            return self._tell.sentence("camera", move=self._phrases.field("move", word))
        told = self._own("move").rstrip(STOPS)
        return self._phrases.frame("camera", text=told) if told else ""

    def _size(self) -> str:
        written = self._fields.get("size", "")
        if written and (self._words.field_word("size") or not self._words.angle_in("size")):
            return self._tell.field("size", written)
        labelled = self._tell.unlabelled != self._tell.draft
        if self._tell.draft_says("size") and not labelled:
            return ""
        return self._phrases.said("size", self._words.size)

    def _angle(self) -> str:
        if written := self._fields.get("angle", ""):
            return self._tell.field("angle", written)
        if self._tell.draft_says("angle") or self._words.angle == USUAL["angle"]:
            return ""
        return self._phrases.said("angle", self._words.angle)

    def _lens(self) -> str:
        lens = self._own("lens")
        number = MILLIMETRES.fullmatch(lens)
        return self._phrases.frame("lens", lens=f"{number[1]} mm") if number else lens

    def _own(self, name: str) -> str:
        """A field in its own words, where they are of this language."""
        written = self._fields.get(name, "")
        if self._tell.is_own(written):
            return written
        self._tell.leave_out(name, written)
        return ""
