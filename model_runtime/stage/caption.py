"""A scene told in the stage's words, in the one form of assets/prompts/sketch.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model_runtime.stage.scene import Person, Scene, Subject, Thing
from model_runtime.stage.words import CaptionForm, load_words


@dataclass(frozen=True)
class Mark:
    """How a caption names a subject whose reference pictures are given: `<s1>`, with its words or in their place."""

    word: str
    alone: bool = False


def caption(scene: Scene, marks: Mapping[int, Mark] | None = None) -> str:
    """The caption; `marks` by the subject's place in `scene.subjects`."""
    form = load_words().caption
    sentences = [form.camera.format(size=scene.size, angle=_said(scene.angle, "eye level", ", "), move=scene.move)]
    sentences.append(form.place.format(location=scene.location, time=scene.time, weather=scene.weather))
    named = marks or {}
    told = [_subject(one, named.get(index), form) for index, one in enumerate(scene.subjects)]
    return " ".join(sentence + "." for sentence in [*sentences, *(told or [form.nobody])])


def _subject(subject: Subject, mark: Mark | None, form: CaptionForm) -> str:
    if isinstance(subject, Person):
        words, by_mark = _person(subject, form), form.person_by_mark
        doing = {"action": subject.action}
    else:
        words, by_mark = _thing(subject, form), form.thing_by_mark
        doing = {"motion": subject.motion}
    if mark is None:
        return words
    if not mark.alone:
        return form.marked.format(mark=mark.word, sentence=words)
    place = {"side": subject.side, "depth": _said(subject.depth, "middle", ", "), "facing": subject.facing}
    return by_mark.format(mark=mark.word, **place, **doing)


def _person(person: Person, form: CaptionForm) -> str:
    extras = [form.hood] if person.hood else []
    if person.hat:
        extras.append(form.hat.format(colour=person.hat_colour, hat=person.hat))
    if person.glasses:
        extras.append(form.glasses)
    if person.scarf:
        extras.append(form.scarf.format(colour=person.scarf))
    return form.person.format(
        build=_said(person.build, "average", after=" "),
        kind=person.kind,
        style=_said(person.style, "usual", after=" "),
        hair=person.hair,
        colour=person.colour,
        garment=person.garment,
        extras="".join(f", {extra}" for extra in extras),
        side=person.side,
        depth=_said(person.depth, "middle", ", "),
        facing=person.facing,
        action=person.action,
    )


def _thing(thing: Thing, form: CaptionForm) -> str:
    return form.thing.format(
        colour=thing.colour,
        thing=thing.thing,
        side=thing.side,
        depth=_said(thing.depth, "middle", ", "),
        facing=thing.facing,
        motion=thing.motion,
    )


def _said(word: str, usual: str, before: str = "", after: str = "") -> str:
    """Nothing where the word is the usual one."""
    return "" if word == usual else before + word + after
