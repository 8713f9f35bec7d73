"""A scene told in the stage's words, in the one form of assets/prompts/sketch.toml."""

from __future__ import annotations

from dataclasses import asdict

from model_runtime.stage.scene import Person, Scene
from model_runtime.stage.words import CaptionForm, load_words


def caption(scene: Scene) -> str:
    form = load_words().caption
    sentences = [form.camera.format(size=scene.size, move=scene.move)]
    sentences.append(form.place.format(location=scene.location, time=scene.time, weather=scene.weather))
    sentences.extend([_person(person, form) for person in scene.people] or [form.nobody])
    return " ".join(sentence + "." for sentence in sentences)


def _person(person: Person, form: CaptionForm) -> str:
    extras = [form.hood] if person.hood else []
    if person.scarf:
        extras.append(form.scarf.format(colour=person.scarf))
    return form.person.format(extras="".join(f", {extra}" for extra in extras), **asdict(person))
