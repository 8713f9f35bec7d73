"""Parts of an expanded prompt: as the film stores them, what they come to together, and what becomes of the whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from model_runtime import prompt_text
from studio.project.prompt_cards import ACCEPTED, EDITED, REFUSED, UNDECIDED, PromptPart

NEGATIVE = "negative"


def read(rows: Iterable[Mapping[str, Any]], text: str, state: str) -> tuple[PromptPart, ...]:
    """From the film; what a later program wrote beside is passed over.

    `text` and `state` are of the whole: where it was written before there were parts, it is one.
    """
    if not rows:
        return (PromptPart("caption", text, state),)
    known = {one.name for one in dataclasses.fields(PromptPart)}
    return tuple(PromptPart(**{name: value for name, value in row.items() if name in known}) for row in rows)


def write(parts: Iterable[PromptPart]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(one) for one in parts]


def joined(parts: Iterable[PromptPart]) -> str:
    """The text of the parts in use, in order; without what is kept out."""
    return prompt_text.joined(one.text for one in parts if one.in_use and one.kind != NEGATIVE)


def negative(parts: Iterable[PromptPart]) -> str:
    """What must not be seen, of the parts in use."""
    return ", ".join(one.text.strip() for one in parts if one.in_use and one.kind == NEGATIVE and one.text.strip())


def decided(part: PromptPart, state: str, text: str | None = None) -> PromptPart:
    """The part as the user wants it.

    `proposed` puts back what was proposed. `edited` takes `text`; words that are those proposed are no edit. `accepted`
    and `refused` keep the words it has. A refused part is not kept for the next variant.
    """
    origin = part.proposed or part.text
    if state == UNDECIDED:
        return dataclasses.replace(part, state=UNDECIDED, text=origin, proposed="")
    if state == REFUSED:
        return dataclasses.replace(part, state=REFUSED, locked=False)
    words = part.text if text is None else text
    if words == origin:
        return dataclasses.replace(part, state=ACCEPTED, text=origin, proposed="")
    return dataclasses.replace(part, state=EDITED, text=words, proposed=origin)


def accepted(parts: Iterable[PromptPart]) -> tuple[PromptPart, ...]:
    """All that is undecided accepted. Where nothing but refused parts were left, all of them."""
    some = tuple(parts)
    every = state_of(some) == REFUSED
    return tuple(decided(one, ACCEPTED) if every or one.state == UNDECIDED else one for one in some)


def refused(parts: Iterable[PromptPart]) -> tuple[PromptPart, ...]:
    return tuple(decided(one, REFUSED) for one in parts)


def state_of(parts: Iterable[PromptPart]) -> str:
    """Of the whole: proposed while a part is undecided; refused where no text is left; edited where it is not all as
    it was proposed."""
    some = tuple(parts)
    states = {one.state for one in some}
    if UNDECIDED in states:
        return UNDECIDED
    if not joined(some):
        return REFUSED
    return ACCEPTED if states == {ACCEPTED} else EDITED
