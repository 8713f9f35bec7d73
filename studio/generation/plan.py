"""From a shot and a wish to everything the runtime needs, or a refusal with its reason. Writes nothing."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from model_runtime.protocol import CardText, EngineInfo, ExpandPrompt, Generate, InputFile, Ready
from studio.errors import BadValue, NotFound, Refused
from studio.generation import lengths
from studio.project.cards import BriefSubject, ShotBrief
from studio.project.recipe import VERSION, Recipe

GRAMMAR = "grammar"
SEEDS = 1 << 31
MOST_STEPS = 1000
MOST_GUIDANCE = 100.0


@dataclass(frozen=True)
class Wish:
    """What the user asked for beside the shot's own fields. Pictures are named by the hash of their file in media/."""

    kind: Literal["clip", "still"] = "clip"
    engine: str = "sketch"
    seed: int | None = None
    """None: drawn here."""
    first_frame: str | None = None
    last_frame: str | None = None
    guide: str | None = None
    steps: int = 0
    guidance: float = 0.0
    """0: the engine's own default."""
    use_panel: bool = True
    """Begin a clip with the shot's chosen panel where no first frame is given and the engine can."""


@dataclass(frozen=True)
class Outline:
    """A wish that was found possible: all of a plan but its prompt."""

    brief: ShotBrief
    wish: Wish
    engine: EngineInfo
    fit: lengths.Fit
    first_frame: InputFile | None
    last_frame: InputFile | None
    guide: InputFile | None
    made_with: dict[str, str]


@dataclass(frozen=True)
class Plan:
    recipe: Recipe
    request: Generate
    """Without job and attempt, which it gets when it is sent."""
    notes: tuple[str, ...] = ()
    """What the user should know: handles, cuts, references left out."""


def outline(brief: ShotBrief, wish: Wish, ready: Ready, media: Iterable[str] = ()) -> Outline:
    """Everything that can be refused is refused here. `media`: names of the files a wish may give as pictures."""
    engine = _engine(wish, ready)
    _check_shot(brief, engine)
    _check_wish(wish, engine)
    first = _first_frame(brief, wish, engine, media)
    last = _given(wish.last_frame, "last frame", "last_frame", engine, media)
    guide = _given(wish.guide, "guide", "guide", engine, media)
    try:
        fit = _fit(brief, wish, engine, first, last)
    except Refused as refused:
        raise Refused(f"{brief.number}: {refused.sentence}", refused.hint) from None
    made_with = {"shotwright": ready.program.removeprefix("shotwright "), **ready.versions}
    return Outline(brief, wish, engine, fit, first, last, guide, made_with)


def text_request(one: Outline) -> ExpandPrompt | None:
    """What the words runtime is asked; None where the prompt is at hand: accepted by the user, or not read at all."""
    if one.brief.expansion or not one.engine.prompt_style:
        return None
    brief = one.brief
    scene = {"location": brief.scene.location, "time": brief.scene.time, "weather": brief.scene.weather}
    return ExpandPrompt(
        job="",
        attempt=0,
        provider=GRAMMAR,
        draft=brief.draft,
        style=one.engine.prompt_style,
        fields={name: text for name, text in {**brief.fields, **scene}.items() if text},
        subjects=tuple(_told(subject) for subject in brief.subjects),
        max_length=one.engine.max_prompt,
    )


def plan(one: Outline, text: str | None = None) -> Plan:
    """The recipe and the request. `text`: the answer to `text_request`."""
    prompt = one.brief.expansion or text or one.brief.draft
    most = one.engine.max_prompt
    if most and len(prompt) > most:
        raise BadValue(
            f"The prompt of {one.brief.number} has {len(prompt):,} characters; {one.engine.id} reads {most:,}.",
            "Shorten the prompt.",
        )
    recipe = _recipe(one, prompt)
    return Plan(recipe, _request(one, recipe), _notes(one, recipe))


# --- refusing ----------------------------------------------------------------------------------------------------


def _engine(wish: Wish, ready: Ready) -> EngineInfo:
    engine = next((info for info in ready.engines if info.id == wish.engine), None)
    if engine is None:
        known = ", ".join(info.id for info in ready.engines) or "none"
        raise NotFound(f"There is no engine named {wish.engine!r}.", f"Engines here: {known}.")
    if not engine.available:
        raise Refused(f"{engine.id} cannot draw here: {engine.reason}", engine.hint)
    return engine


def _check_shot(brief: ShotBrief, engine: EngineInfo) -> None:
    if brief.omitted:
        raise Refused(f"{brief.number} is omitted.", "Restore the shot first.")
    shown = [text for name, text in brief.fields.items() if text and name != "notes"]
    if engine.prompt_style and not (brief.draft.strip() or brief.expansion or shown or brief.subjects):
        raise Refused(
            f"{brief.number} says nothing to draw: its prompt and its fields are empty.",
            "Write what is seen, or set its size, action or subjects.",
        )


def _check_wish(wish: Wish, engine: EngineInfo) -> None:
    if wish.kind not in engine.tasks:
        raise Refused(f"{engine.id} draws no {wish.kind}s.", "Choose another engine.")
    if wish.seed is not None and not 0 <= wish.seed < SEEDS:
        raise BadValue(f"The seed {wish.seed} cannot be used.", f"Give a whole number from 0 to {SEEDS - 1:,}.")
    if not 0 <= wish.steps <= MOST_STEPS:
        raise BadValue(f"{wish.steps} steps cannot be used.", f"Give 1 to {MOST_STEPS}, or 0 for the engine's own.")
    if not 0 <= wish.guidance <= MOST_GUIDANCE:
        raise BadValue(f"A guidance of {wish.guidance} cannot be used.", f"Give 0 to {MOST_GUIDANCE:g}.")


def _first_frame(brief: ShotBrief, wish: Wish, engine: EngineInfo, media: Iterable[str]) -> InputFile | None:
    if wish.first_frame:
        if wish.kind == "still":
            raise Refused("A still has no first frame.", "Ask for a clip, or leave the first frame out.")
        return _given(wish.first_frame, "first frame", "first_frame", engine, media)
    panel = brief.chosen_panel
    if wish.kind == "clip" and wish.use_panel and panel and "first_frame" in engine.tasks:
        return InputFile(panel.hash, panel.name, "first frame")
    return None


def _given(wanted: str | None, what: str, task: str, engine: EngineInfo, media: Iterable[str]) -> InputFile | None:
    if not wanted:
        return None
    if task not in engine.tasks:
        raise Refused(f"{engine.id} takes no {what}.", f"Leave the {what} out, or choose another engine.")
    name = next((name for name in media if name.partition(".")[0] == wanted), "")
    if not name:
        raise NotFound(f"The picture given as {what} is not in the film's media folder.", "Import it again.")
    return InputFile(wanted, name, what)


def _fit(
    brief: ShotBrief, wish: Wish, engine: EngineInfo, first: InputFile | None, last: InputFile | None
) -> lengths.Fit:
    if wish.kind == "still":
        return lengths.Fit(1, 1, 1, 0, 0, 0)
    return lengths.fit(brief.frames, brief.rate, engine, first_given=first is not None, last_given=last is not None)


# --- composing ---------------------------------------------------------------------------------------------------


def _told(subject: BriefSubject) -> dict[str, str]:
    return {
        "name": subject.name,
        "kind": subject.kind,
        "description": subject.description,
        "side": subject.side,
        "facing": subject.facing,
        "action": subject.action,
    }


def _references(one: Outline) -> tuple[dict[str, str], ...]:
    """Every reference picture of the shot's subjects in order; those past what the engine takes name the reason."""
    found = [
        {"hash": hash_, "name": name, "purpose": "identity", "subject": subject.name}
        for subject in one.brief.subjects
        for hash_, name in zip(subject.references, subject.pictures, strict=True)
    ]
    most = one.engine.references
    reason = f"{one.engine.id} takes " + (f"at most {most} reference pictures" if most else "no reference pictures")
    return (*found[:most], *({**picture, "dropped": reason} for picture in found[most:]))


def _recipe(one: Outline, prompt: str) -> Recipe:
    brief, wish, engine, fit = one.brief, one.wish, one.engine, one.fit
    clip = wish.kind == "clip"
    return Recipe(
        version=VERSION,
        kind=wish.kind,
        engine=engine.id,
        weights=engine.weights,
        film=brief.film,
        scene=brief.scene.id,
        shot=brief.id,
        shot_number=brief.number,
        subjects=tuple(subject.id for subject in brief.subjects),
        draft=brief.draft,
        prompt=prompt,
        negative="",
        seed=secrets.randbelow(SEEDS) if wish.seed is None else wish.seed,
        steps=wish.steps or engine.steps,
        guidance=wish.guidance or engine.guidance,
        engine_frames=fit.drawings,
        hold=fit.hold,
        frames=fit.delivered,
        rate=f"{brief.rate.num}/{brief.rate.den}",
        head=fit.head,
        tail=fit.tail,
        width=brief.width,
        height=brief.height,
        native_width=engine.width or brief.width,
        native_height=engine.height or brief.height,
        first_frame=_named(one.first_frame),
        last_frame=_named(one.last_frame),
        guide=_named(one.guide),
        references=_references(one),
        reel=brief.next_reel if clip else "",
        timecode=brief.next_timecode if clip else "",
        made_with=one.made_with,
        fed=brief.fed,
    )


def _named(given: InputFile | None) -> dict[str, str] | None:
    return dataclasses.asdict(given) if given else None


def _request(one: Outline, recipe: Recipe) -> Generate:
    brief = one.brief
    return Generate(
        job="",
        attempt=0,
        engine=recipe.engine,
        kind=one.wish.kind,
        prompt=recipe.prompt,
        seed=recipe.seed,
        engine_frames=recipe.engine_frames,
        hold=recipe.hold,
        rate=(brief.rate.num, brief.rate.den),
        width=recipe.width,
        height=recipe.height,
        recipe=recipe.to_json(),
        negative=recipe.negative,
        steps=recipe.steps,
        guidance=recipe.guidance,
        first_frame=one.first_frame,
        last_frame=one.last_frame,
        guide=one.guide,
        card=_card(brief),
        frames=recipe.frames,
        start_timecode=recipe.timecode,
        reel=recipe.reel,
    )


def _card(brief: ShotBrief) -> CardText:
    """What a missing-shot card says; engines that draw pictures do not read it."""
    action = brief.fields.get("action", "") or brief.draft
    return CardText(brief.number, action, brief.fields.get("dialogue", ""), f"{brief.frames} frames")


def _notes(one: Outline, recipe: Recipe) -> tuple[str, ...]:
    dropped = [str(picture["dropped"]) for picture in recipe.references if "dropped" in picture]
    left_out = f"{len(dropped)} reference pictures are not sent: {dropped[0]}." if dropped else ""
    return tuple(filter(None, (one.fit.in_words, left_out)))
