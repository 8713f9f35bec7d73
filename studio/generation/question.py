"""What a prompt writer is told of a shot: its fields, who is in it and what they wear, and the shot before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from model_runtime.protocol import EngineInfo, ExpandPrompt, PromptPart, Reference, Writer
from studio.generation.budget import IDENTITY, Budget
from studio.project.cards import BriefBefore, BriefSubject, ShotBrief

GRAMMAR = "grammar"
SKETCH = "sketch"
"""The caption style of the engine that comes with the program."""
UNTOLD_FIELDS = ("notes",)
"""Written for the crew, not for the picture."""
BEFORE_FIELDS = ("size", "angle", "move", "action")
MOST_PICTURES = 8
"""Reference pictures a writer is shown at most: what one question holds everywhere."""


def question(
    brief: ShotBrief,
    engine: EngineInfo,
    budget: Budget,
    *,
    writer: Writer | None = None,
    style: str = "",
    language: str = "",
    variant: int = 1,
    locked: Sequence[PromptPart] = (),
) -> ExpandPrompt:
    """Without job and attempt, which it gets when it is sent. `style`: empty for that of the engine; the length
    of a text in another one is not this engine's to bound."""
    scene = {"location": brief.scene.location, "time": brief.scene.time, "weather": brief.scene.weather}
    fields = {name: text for name, text in brief.fields.items() if name not in UNTOLD_FIELDS}
    return ExpandPrompt(
        job="",
        attempt=0,
        provider=writer.id if writer else GRAMMAR,
        draft=brief.draft,
        style=style or engine.prompt_style,
        fields={name: text for name, text in {**fields, **scene}.items() if text},
        subjects=tuple(_told(one, budget) for one in (*brief.subjects, *brief.named)),
        max_length=engine.max_prompt if style in ("", engine.prompt_style) else 0,
        writer=writer,
        language=language,
        variant=variant,
        locked=tuple(locked),
        before=_before(brief.before),
        style_notes=brief.style_notes,
        pictures=_pictures(brief) if writer is not None and writer.sees else (),
    )


def question_of_text(
    draft: str,
    subjects: Sequence[Mapping[str, str]] = (),
    *,
    writer: Writer | None = None,
    style: str = SKETCH,
    language: str = "",
    variant: int = 1,
    style_notes: str = "",
) -> ExpandPrompt:
    """The same of a text that belongs to no shot."""
    return ExpandPrompt(
        job="", attempt=0, provider=writer.id if writer else GRAMMAR, draft=draft, style=style,
        subjects=tuple(subjects), writer=writer, language=language, variant=variant, style_notes=style_notes,
    )  # fmt: skip


def _told(subject: BriefSubject, budget: Budget) -> dict[str, str]:
    told = {
        "name": subject.name,
        "kind": subject.kind,
        "description": subject.description,
        "side": subject.side,
        "facing": subject.facing,
        "action": subject.action,
        "looks_by": subject.looks_by,
    }
    if subject.worn:
        told["worn"] = "; ".join(subject.worn)
    if shown := budget.of(subject.name):
        # A subject that is shown by its pictures keeps its @name in the prompt: that is what ties the two together.
        told["pictures"] = str(shown)
    return told


def _before(before: BriefBefore | None) -> dict[str, str]:
    if before is None:
        return {}
    told = {name: before.fields.get(name, "") for name in BEFORE_FIELDS}
    told |= {"number": before.number, "prompt": before.text or before.draft}
    return {name: text for name, text in told.items() if text}


def _pictures(brief: ShotBrief) -> tuple[Reference, ...]:
    """Of every subject the first, then of every one the second, whatever the engine is shown: a writer sees places too.
    What the user left out of the shot is shown to nobody."""
    columns = [
        [Reference(one.hash, one.name, IDENTITY, subject.name) for one in subject.views
         if one.id not in brief.pictures.left_out]
        for subject in brief.subjects
    ]  # fmt: skip
    return tuple(_in_turn(columns))[:MOST_PICTURES]


def _in_turn(columns: Sequence[Sequence[Reference]]) -> Iterator[Reference]:
    for number in range(max(map(len, columns), default=0)):
        yield from (column[number] for column in columns if number < len(column))
