"""The caption form the sketch engine reads: one value, written and read back without loss."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType


class NoCaption(ValueError):
    """A text that is not in the caption form."""


@dataclass(frozen=True)
class Person:
    kind: str
    hair: str
    colour: str
    garment: str
    hood: bool
    scarf: str
    """Its colour; empty without one."""
    side: str
    facing: str
    action: str


@dataclass(frozen=True)
class Caption:
    size: str
    move: str
    location: str
    time: str
    weather: str
    people: tuple[Person, ...] = ()


class CaptionForm:
    """The form and words of one file such as assets/prompts/sketch.toml."""

    def __init__(self, form: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> None:
        self.form = form
        self.words = MappingProxyType(dict(words))
        self.camera = self._pattern(form["camera"])
        self.place = self._pattern(form["place"])
        self.person = self._pattern(form["person"], {"extras": self._extras_pattern()})

    def compose(self, caption: Caption) -> str:
        sentences = [
            self.form["camera"].format(size=caption.size, move=caption.move),
            self.form["place"].format(location=caption.location, time=caption.time, weather=caption.weather),
        ]
        sentences += [self._person_text(person) for person in caption.people] or [self.form["nobody"]]
        return " ".join(f"{sentence}." for sentence in sentences)

    def parse(self, text: str) -> Caption:
        """The caption a text says; NoCaption unless every word and stop is in the form."""
        sentences = text.removesuffix(".").split(". ")
        if not text.endswith(".") or len(sentences) < 3:
            raise NoCaption(f"not in the caption form: {text[:200]!r}")
        camera, place = self._read(self.camera, sentences[0]), self._read(self.place, sentences[1])
        people = sentences[2:] if sentences[2:] != [self.form["nobody"]] else []
        return Caption(**camera, **place, people=tuple(self._person(sentence) for sentence in people))

    def _person_text(self, person: Person) -> str:
        extras = [self.form["hood"]] if person.hood else []
        if person.scarf:
            extras.append(self.form["scarf"].format(colour=person.scarf))
        return self.form["person"].format(
            kind=person.kind,
            hair=person.hair,
            colour=person.colour,
            garment=person.garment,
            extras="".join(f", {extra}" for extra in extras),
            side=person.side,
            facing=person.facing,
            action=person.action,
        )

    def _person(self, sentence: str) -> Person:
        found = self._read(self.person, sentence)
        scarf = found.pop("scarf", "") or ""
        hood = bool(found.pop("hood", ""))
        return Person(hood=hood, scarf=scarf, **found)

    def _read(self, pattern: re.Pattern[str], sentence: str) -> dict[str, str]:
        match = pattern.fullmatch(sentence)
        if match is None:
            raise NoCaption(f"not in the caption form: {sentence[:200]!r}")
        return match.groupdict()

    def _pattern(self, form: str, extra: Mapping[str, str] | None = None) -> re.Pattern[str]:
        parts = {name: self._one_of(name, words) for name, words in self.words.items()} | dict(extra or {})
        pieces = re.split(r"\{(\w+)\}", form)
        return re.compile("".join(parts[one] if i % 2 else re.escape(one) for i, one in enumerate(pieces)))

    def _extras_pattern(self) -> str:
        before, after = (re.escape(part) for part in self.form["scarf"].split("{colour}"))
        scarf = before + self._one_of("scarf", self.words["colour"]) + after
        return f"(?:, (?P<hood>{re.escape(self.form['hood'])}))?(?:, {scarf})?"

    @staticmethod
    def _one_of(name: str, words: tuple[str, ...]) -> str:
        return f"(?P<{name}>{'|'.join(map(re.escape, words))})"


@cache
def load_form(path: Path) -> CaptionForm:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return CaptionForm(content["caption"], {name: tuple(words) for name, words in content["words"].items()})
