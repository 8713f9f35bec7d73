"""The caption form the sketch engine reads: one value, written and read back without loss."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

from model_runtime.expanders.kept_files import kept

USUAL = MappingProxyType({"angle": "eye level", "build": "average", "style": "usual", "depth": "middle"})
"""Words a caption does not say: where nothing is said, they hold."""

AROUND = MappingProxyType({"angle": (", ", ""), "build": ("", " "), "style": ("", " "), "depth": (", ", "")})
"""What stands before and after those words where they are said."""

MARK = r"(?P<mark><s[1-8]>|@[\w-]+)"
"""A subject shown by its reference pictures: its name, or the slot word that the engine puts in the name's place."""


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
    build: str = USUAL["build"]
    style: str = USUAL["style"]
    hat: str = ""
    hat_colour: str = ""
    glasses: bool = False
    depth: str = USUAL["depth"]
    mark: str = ""


@dataclass(frozen=True)
class Thing:
    """An animal or a vehicle."""

    thing: str
    colour: str
    side: str
    facing: str
    motion: str
    depth: str = USUAL["depth"]
    mark: str = ""


@dataclass(frozen=True)
class Marked:
    """Somebody or something of which nothing but reference pictures tells the looks."""

    mark: str
    side: str
    facing: str
    action: str
    """An action, or the motion of a thing: "standing" is both, and reads the same."""
    depth: str = USUAL["depth"]


Subject = Person | Thing | Marked


@dataclass(frozen=True)
class Caption:
    size: str
    move: str
    location: str
    time: str
    weather: str
    subjects: tuple[Subject, ...] = ()
    """People, then things."""
    angle: str = USUAL["angle"]

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(one for one in self.subjects if isinstance(one, Person))

    @property
    def things(self) -> tuple[Thing, ...]:
        return tuple(one for one in self.subjects if isinstance(one, Thing))


class CaptionForm:
    """The form and words of one file such as assets/prompts/sketch.toml."""

    def __init__(self, form: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> None:
        self.form = form
        self.words = MappingProxyType(dict(words))
        self.camera = self._pattern(form["camera"])
        self.place = self._pattern(form["place"])
        self.person = self._sentence(form["person"], {"extras": self._extras_pattern()})
        self.thing = self._sentence(form["thing"])
        self.marked = (self._pattern(form["person_by_mark"]), self._pattern(form["thing_by_mark"]))

    # --- writing -----------------------------------------------------------------------------------------------

    def compose(self, caption: Caption) -> str:
        return " ".join(self.parts(caption))

    def parts(self, caption: Caption) -> tuple[str, str, str]:
        """Shot, place and subjects, each with its full stops."""
        subjects = [self._subject_text(one) for one in caption.subjects] or [self.form["nobody"]]
        told = " ".join(f"{sentence}." for sentence in subjects)
        return f"{self._filled('camera', caption)}.", f"{self._filled('place', caption)}.", told

    def shot_of(self, text: str) -> dict[str, str]:
        """What a sentence about the camera tells, by name; empty where it is in another form."""
        return self._told_by(self.camera, text)

    def place_of(self, text: str) -> dict[str, str]:
        """What a sentence about the place tells, by name; empty where it is in another form."""
        return self._told_by(self.place, text)

    def subjects_of(self, text: str) -> tuple[Subject, ...]:
        """Whom and what sentences about subjects tell; empty where one of them is in another form."""
        try:
            return tuple(self._subject(sentence) for sentence in text.strip().removesuffix(".").split(". "))
        except NoCaption:
            return ()

    @staticmethod
    def _told_by(pattern: re.Pattern[str], text: str) -> dict[str, str]:
        match = pattern.fullmatch(text.strip().removesuffix("."))
        return _told(match) if match else {}

    def _subject_text(self, subject: Subject) -> str:
        if isinstance(subject, Marked):
            is_action = subject.action in self.words["action"]
            return self._filled("person_by_mark" if is_action else "thing_by_mark", subject, motion=subject.action)
        extras = "".join(f", {extra}" for extra in self._extras(subject)) if isinstance(subject, Person) else ""
        text = self._filled("person" if isinstance(subject, Person) else "thing", subject, extras=extras)
        return self.form["marked"].format(mark=subject.mark, sentence=text) if subject.mark else text

    def _extras(self, person: Person) -> list[str]:
        extras = [self.form["hood"]] if person.hood else []
        if person.hat:
            extras.append(self.form["hat"].format(colour=person.hat_colour, hat=person.hat))
        if person.glasses:
            extras.append(self.form["glasses"])
        if person.scarf:
            extras.append(self.form["scarf"].format(colour=person.scarf))
        return extras

    def _filled(self, sentence: str, value: Caption | Subject, **more: str) -> str:
        told = {one.name: _said(one.name, getattr(value, one.name)) for one in fields(value)}
        return self.form[sentence].format(**(told | more))

    # --- reading -----------------------------------------------------------------------------------------------

    def parse(self, text: str) -> Caption:
        """The caption a text says; NoCaption unless every word and stop is in the form."""
        sentences = text.removesuffix(".").split(". ")
        if not text.endswith(".") or len(sentences) < 3:
            raise NoCaption(f"not in the caption form: {text[:200]!r}")
        camera, place = self._read(self.camera, sentences[0]), self._read(self.place, sentences[1])
        told = sentences[2:] if sentences[2:] != [self.form["nobody"]] else []
        return Caption(**camera, **place, subjects=tuple(self._subject(sentence) for sentence in told))

    def _subject(self, sentence: str) -> Subject:
        if match := self.person.fullmatch(sentence):
            return _person(match)
        if match := self.thing.fullmatch(sentence):
            return Thing(**_told(match))
        for pattern in self.marked:
            if match := pattern.fullmatch(sentence):
                told = _told(match)
                return Marked(action=told.pop("motion", "") or told.pop("action"), **told)
        raise NoCaption(f"not in the caption form: {sentence[:200]!r}")

    def _read(self, pattern: re.Pattern[str], sentence: str) -> dict[str, str]:
        match = pattern.fullmatch(sentence)
        if match is None:
            raise NoCaption(f"not in the caption form: {sentence[:200]!r}")
        return _told(match)

    # --- patterns ----------------------------------------------------------------------------------------------

    def _sentence(self, form: str, extra: Mapping[str, str] | None = None) -> re.Pattern[str]:
        """A subject's words, with its mark before them or without one."""
        before = self._pattern(self.form["marked"].removesuffix("{sentence}")).pattern
        return re.compile(f"(?:{before})?{self._pattern(form, extra).pattern}")

    def _pattern(self, form: str, extra: Mapping[str, str] | None = None) -> re.Pattern[str]:
        parts = {name: self._one_of(name, words) for name, words in self.words.items()} | {"mark": MARK}
        parts |= extra or {}
        pieces = re.split(r"\{(\w+)\}", form)
        return re.compile("".join(parts[one] if i % 2 else re.escape(one) for i, one in enumerate(pieces)))

    def _extras_pattern(self) -> str:
        hat = self._part("hat", {"colour": self._one_of("hat_colour", self.words["colour"])})
        scarf = self._part("scarf", {"colour": self._one_of("scarf", self.words["colour"])})
        hood, glasses = (f"(?P<{name}>{re.escape(self.form[name])})" for name in ("hood", "glasses"))
        return "".join(f"(?:, {one})?" for one in (hood, hat, glasses, scarf))

    def _part(self, name: str, extra: Mapping[str, str]) -> str:
        return self._pattern(self.form[name], extra).pattern

    @staticmethod
    def _one_of(name: str, words: tuple[str, ...]) -> str:
        said = [word for word in words if word != USUAL.get(name)]
        one = f"(?P<{name}>{'|'.join(map(re.escape, said))})"
        if name not in USUAL:
            return one
        before, after = AROUND[name]
        return f"(?:{before}{one}{after})?"


def _said(name: str, word: str) -> str:
    if name not in USUAL:
        return word
    before, after = AROUND[name]
    return "" if word == USUAL[name] else f"{before}{word}{after}"


def _told(match: re.Match[str]) -> dict[str, str]:
    """What a sentence says; what it does not say is left to the defaults."""
    return {name: word for name, word in match.groupdict().items() if word is not None}


def _person(match: re.Match[str]) -> Person:
    told = _told(match)
    hood, glasses, scarf = (told.pop(name, "") for name in ("hood", "glasses", "scarf"))
    return Person(hood=bool(hood), glasses=bool(glasses), scarf=scarf, **told)


def load_form(path: Path) -> CaptionForm:
    return kept(_read_form, path)


def _read_form(path: Path) -> CaptionForm:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return CaptionForm(content["caption"], {name: tuple(words) for name, words in content["words"].items()})
