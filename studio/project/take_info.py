"""Take info in words: every input of a take, row by row, and what differs between two takes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from studio.errors import BadValue
from studio.project import recipe as recipes
from studio.project.cards import TakeCard
from studio.project.recipe import Given, Recipe
from studio.project.timing import FrameRate
from studio.project.words import counted, engine_word, shot_length


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    long: bool = False
    """A text of several lines."""


def take_rows(take: TakeCard, rate: FrameRate, subject_name: Callable[[str], str]) -> list[Row]:
    """`rate`: the film's; `subject_name`: the @name of a subject's id."""
    recipe = read(take)
    rows = list(_of_file(take, rate))
    if recipe is None:
        return rows
    return [*_of_texts(recipe), *_of_drawing(recipe), *_of_given(recipe, subject_name), *rows]


def differences(one: TakeCard, other: TakeCard) -> list[str]:
    """What differs in how two takes were made, one sentence each; empty where nothing does.

    Raises BadValue where one of them was brought in from a file: nothing made it here.
    """
    first, second = read(one), read(other)
    for take, found in ((one, first), (other, second)):
        if found is None:
            raise BadValue(f"Take {take.name} was brought in from a file.", "Choose takes that were generated.")
    assert first is not None and second is not None
    return recipes.difference(first, second)


def read(take: TakeCard) -> Recipe | None:
    """None for a take that was brought in, or whose recipe cannot be read."""
    try:
        return Recipe.from_json(take.recipe) if take.recipe else None
    except BadValue:
        return None


def in_sentence(difference: str) -> str:
    """`seed: 4 and 9` as it stands in a list."""
    return difference[:1].upper() + difference[1:]


def as_text(rows: Sequence[Row]) -> str:
    return "\n".join(f"{row.label}: {row.value}" for row in rows)


def _of_texts(recipe: Recipe) -> Iterator[Row]:
    yield Row("Text sent", recipe.prompt, long=True)
    if recipe.draft:
        yield Row("Draft", recipe.draft, long=True)
    if recipe.negative:
        yield Row("Left out", recipe.negative, long=True)


def _of_drawing(recipe: Recipe) -> Iterator[Row]:
    yield Row("Engine", engine_word(recipe.engine))
    if recipe.weights:
        yield Row("Model file", recipe.weights)
    yield Row("Seed", str(recipe.seed))
    yield Row("Steps", str(recipe.steps))
    if recipe.guidance:
        yield Row("Guidance", f"{recipe.guidance:g}")
    held = f", each held {counted(recipe.hold, 'frame')}" if recipe.hold > 1 else ""
    yield Row("Drawings", f"{recipe.engine_frames}{held}")
    if recipe.native_width:
        yield Row("Drawn at", f"{recipe.native_width}×{recipe.native_height}")
    if recipe.loop:
        yield Row("Loop", "the end leads back to the beginning")
    if recipe.work:
        yield Row("Made from", str(recipe.work.get("name", "")))
    if recipe.made_with:
        yield Row("Made with", ", ".join(f"{name} {version}" for name, version in recipe.made_with.items()))


def _of_given(recipe: Recipe, subject_name: Callable[[str], str]) -> Iterator[Row]:
    for label, given in (("First frame", recipe.first_frame), ("Last frame", recipe.last_frame),
                         ("Mask", recipe.mask), ("Guide", recipe.guide)):  # fmt: skip
        if given:
            yield Row(label, _file(given))
    if recipe.subjects:
        yield Row("Subjects", ", ".join(filter(None, map(subject_name, recipe.subjects))))
    for number, given in enumerate(recipe.references, 1):
        dropped = str(given.get("dropped") or "")
        sent = f"not sent: {dropped}" if dropped else "sent"
        yield Row(f"Reference {number}", f"{given.get('subject') or _file(given)}, {given.get('purpose', '')}, {sent}")


def _of_file(take: TakeCard, rate: FrameRate) -> Iterator[Row]:
    whole = take.frames - take.head - take.tail
    handles = f", with handles of {take.head} and {take.tail}" if take.head or take.tail else ""
    yield Row("Length", f"{shot_length(whole, rate)}, {counted(whole, 'frame')}{handles}")
    yield Row("Size", f"{take.width}×{take.height} at {take.rate.shown}")
    yield Row("Reel and timecode", f"{take.reel}, {take.timecode}" if take.reel else take.timecode)
    yield Row("Came", "generated" if take.origin == "generated" else "brought in from a file")
    yield Row("Made", take.made_at[:16].replace("T", " "))
    yield Row("File", take.media.name)


def _file(given: Given) -> str:
    return str(given.get("name") or given.get("hash", ""))
