"""From a shot and a wish to everything the runtime needs, or a refusal with its reason. Writes nothing."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass

from model_runtime.protocol import CardText, EngineInfo, ExpandPrompt, Generate, GivenFrames, InputFile, Ready
from studio.errors import BadValue, NotFound, Refused
from studio.generation import lengths
from studio.generation.arranging import Arranged, Arranger, Givens, crop_note
from studio.generation.budget import Budget, reference_budget, sent_references
from studio.generation.material import Material
from studio.generation.named_out import as_read
from studio.generation.question import question
from studio.generation.shot_given import Belongings, with_given
from studio.generation.wish import Restyle, Wish
from studio.project.cards import ShotBrief
from studio.project.recipe import VERSION, Recipe

SEEDS = 1 << 31
MOST_STEPS = 1000
MOST_GUIDANCE = 100.0
NOTHING = Material()


@dataclass(frozen=True)
class Outline:
    """A wish that was found possible: all of a plan but its prompt."""

    brief: ShotBrief
    wish: Wish
    """With what its shot was given of its own."""
    engine: EngineInfo
    arranged: Arranged
    made_with: dict[str, str]
    given: Belongings
    notes: tuple[str, ...] = ()

    @property
    def fit(self) -> lengths.Fit:
        return self.arranged.fit

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) the engine draws at: of its sizes the one nearest in aspect to the film's."""
        own, film = (self.engine.width, self.engine.height), self.brief.width / self.brief.height
        sizes = self.engine.sizes or (own,)
        if not all(own):
            return self.brief.width, self.brief.height
        return min(sizes, key=lambda size: max(size[0] / size[1] / film, film * size[1] / size[0]))


@dataclass(frozen=True)
class Plan:
    recipe: Recipe
    request: Generate
    """Without job and attempt, which it gets when it is sent."""
    notes: tuple[str, ...] = ()
    """What the user should know: handles, cuts, parts, pictures cropped or left out."""


def refuse_for_any_engine(brief: ShotBrief, wish: Wish, material: Material = NOTHING) -> None:
    """Raises StudioError where no engine could do it: known before the runtime has told which engines there are."""
    _check_shot(brief)
    _check_wish(wish)
    Givens(brief, wish, material).check()


def outline(brief: ShotBrief, wish: Wish, ready: Ready, material: Material = NOTHING) -> Outline:
    """Everything that can be refused is refused here. `material`: what is found of the files and takes it names."""
    engine = find_engine(wish.engine, ready)
    _check_shot(brief)
    _check_says_something(brief, engine)
    if wish.kind not in engine.tasks:
        raise Refused(f"{engine.id} draws no {wish.kind}s.", "Choose another engine.")
    _check_wish(wish)
    given = with_given(brief, wish, engine)
    wish = given.wish
    _check_stop(wish, engine)
    _check_tasks(wish, engine)
    arranged = Arranger(brief, wish, material, engine).arrange()
    made_with = {"shotwright": ready.program.removeprefix("shotwright "), **ready.versions}
    notes = (*_style_note(brief, engine, ready), *_crop_notes(brief, wish, material))
    return Outline(brief, wish, engine, arranged, made_with, given, notes)


def text_request(one: Outline) -> ExpandPrompt | None:
    """What the words runtime is asked; None where the prompt is at hand: accepted by the user, or not read at all.

    Only the built-in writer is asked here: what any other wrote is used when the user accepted it, never before.
    """
    if one.brief.expansion or not one.engine.prompt_style:
        return None
    return question(one.brief, one.engine, budget_of(one.brief, one.wish, one.engine))


def budget_of(brief: ShotBrief, wish: Wish, engine: EngineInfo, prompt: str | None = None) -> Budget:
    """What of the shot's pictures goes along. `prompt`: where it is not written yet, the accepted one counts."""
    given = with_given(brief, wish, engine)
    nothing = Budget(engine=engine.id, most=engine.references)
    found = reference_budget(brief, engine, prompt or brief.expansion) if wish.references else nothing
    return dataclasses.replace(found, given=given.used, dropped=(*found.dropped, *given.dropped))


def plan(one: Outline, text: str | None = None, negative: str = "") -> Plan:
    """The recipe and the request. `text`, `negative`: the answer to `text_request`."""
    written = one.brief.expansion or text or one.brief.draft
    budget = budget_of(one.brief, one.wish, one.engine, written)
    shown = {picture.subject for picture in budget.sent}
    prompt = as_read(written, one.brief.subjects, one.engine.prompt_style, shown)
    most = one.engine.max_prompt
    if most and len(prompt) > most:
        raise BadValue(
            f"The prompt of {one.brief.number} has {len(prompt):,} characters; {one.engine.id} reads {most:,}.",
            "Shorten the prompt.",
        )
    kept_out = one.brief.negative if one.brief.expansion else negative
    recipe = _recipe(one, prompt, kept_out if one.engine.negative else "", budget)
    return Plan(recipe, _request(one, recipe), _notes(one, budget, kept_out))


# --- refusing ----------------------------------------------------------------------------------------------------


def find_engine(wanted: str, ready: Ready) -> EngineInfo:
    """Raises NotFound, and Refused where it cannot draw on this machine."""
    engine = next((info for info in ready.engines if info.id == wanted), None)
    if engine is None:
        known = ", ".join(info.id for info in ready.engines) or "none"
        raise NotFound(f"There is no engine named {wanted!r}.", f"Engines here: {known}.")
    if not engine.available:
        raise Refused(f"{engine.id} cannot draw here: {engine.reason}", engine.hint)
    return engine


def _check_shot(brief: ShotBrief) -> None:
    if brief.omitted:
        raise Refused(f"{brief.number} is omitted.", "Restore the shot first.")


def _check_says_something(brief: ShotBrief, engine: EngineInfo) -> None:
    shown = [text for name, text in brief.fields.items() if text and name != "notes"]
    if engine.prompt_style and not (brief.draft.strip() or brief.expansion or shown or brief.subjects):
        raise Refused(
            f"{brief.number} says nothing to draw: its prompt and its fields are empty.",
            "Write what is seen, or set its size, action or subjects.",
        )


def _check_wish(wish: Wish) -> None:
    if wish.seed is not None and not 0 <= wish.seed < SEEDS:
        raise BadValue(f"The seed {wish.seed} cannot be used.", f"Give a whole number from 0 to {SEEDS - 1:,}.")
    if not 0 <= wish.steps <= MOST_STEPS:
        raise BadValue(f"{wish.steps} steps cannot be used.", f"Give 1 to {MOST_STEPS}, or 0 for the engine's own.")
    for value, what in ((wish.guidance, "guidance"), (wish.reference_guidance, "guidance by references")):
        if not 0 <= value <= MOST_GUIDANCE:
            raise BadValue(f"A {what} of {value} cannot be used.", f"Give 0 to {MOST_GUIDANCE:g}.")
    if not 0 <= wish.guide_strength <= 1:
        raise BadValue(f"A guide cannot be followed with a strength of {wish.guide_strength:g}.", "Give 0 to 1.")


def _check_stop(wish: Wish, engine: EngineInfo) -> None:
    steps = wish.steps or engine.steps
    if not wish.stop_at or 0 < wish.stop_at < steps:
        return
    if steps < 2 or not engine.steps:
        raise Refused(f"{engine.id} draws in one go and cannot be held after step {wish.stop_at}.", "Draw to the end.")
    raise BadValue(f"A drawing of {steps} steps cannot be held after step {wish.stop_at}.", f"Give 1 to {steps - 1}.")


def _check_tasks(wish: Wish, engine: EngineInfo) -> None:
    """What the wish asks for that this engine has not learned."""
    asked = {"first_frame": wish.first_frame, "last_frame": wish.last_frame, "guide": wish.guide}
    if wish.kind == "still":
        asked = {"guide": wish.guide}
    for task, there in asked.items():
        if there and task not in engine.tasks:
            what = task.replace("_", " ")
            raise Refused(f"{engine.id} takes no {what}.", f"Leave the {what} out, or choose another engine.")
    doing = {"loop"} if wish.loop else set()
    doing |= {wish.work.task} if wish.work else set()
    for task in doing - set(engine.tasks):
        raise Refused(f"{engine.id} cannot {_VERBS[task]}.", "Choose another engine.")


_VERBS = {
    "loop": "draw loops",
    "extend": "extend takes",
    "bridge": "draw bridges between takes",
    "redo": "redo a range of a take",
    "inpaint": "redraw a part of a picture",
    "restyle": "restyle takes",
}


# --- composing ---------------------------------------------------------------------------------------------------


def _recipe(one: Outline, prompt: str, negative: str, budget: Budget) -> Recipe:
    brief, wish, engine, fit, arranged = one.brief, one.wish, one.engine, one.fit, one.arranged
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
        negative=negative,
        seed=secrets.randbelow(SEEDS) if wish.seed is None else wish.seed,
        steps=wish.steps or engine.steps,
        guidance=wish.guidance or engine.guidance,
        engine_frames=fit.drawings,
        hold=fit.hold,
        frames=fit.delivered,
        skip=fit.skip,
        rate=f"{brief.rate.num}/{brief.rate.den}",
        head=fit.head,
        tail=fit.tail,
        width=brief.width,
        height=brief.height,
        native_width=one.size[0],
        native_height=one.size[1],
        first_frame=_named(arranged.first_frame),
        last_frame=_named(arranged.last_frame),
        given=tuple(_placed(given) for given in arranged.given),
        mask=_named(arranged.mask),
        strength=wish.work.strength if isinstance(wish.work, Restyle) else 1.0,
        loop=wish.loop,
        guide=_named(arranged.guide),
        guide_strength=wish.guide_strength if arranged.guide else 1.0,
        references=budget.in_recipe(),
        reference_guidance=wish.reference_guidance,
        work=_work(one),
        reel=brief.next_reel if clip else "",
        timecode=brief.next_timecode if clip else "",
        made_with=one.made_with,
        fed=brief.fed,
    )


def _named(given: InputFile | None) -> dict[str, str] | None:
    return dataclasses.asdict(given) if given else None


def _placed(given: GivenFrames) -> dict[str, object]:
    return {
        **dataclasses.asdict(given.file), "first": given.first, "count": given.count, "file_first": given.file_first,
    }  # fmt: skip


def _work(one: Outline) -> dict[str, object] | None:
    """The work as the recipe keeps it: enough to wish it again, and its name in words."""
    work = one.wish.work
    if work is None:
        return None
    return {"name": one.arranged.title, "task": work.task, **dataclasses.asdict(work)}


def _request(one: Outline, recipe: Recipe) -> Generate:
    brief, arranged = one.brief, one.arranged
    sized = bool(one.engine.sizes)
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
        given=arranged.all_given,
        mask=arranged.mask,
        strength=recipe.strength,
        loop=recipe.loop,
        guide=arranged.guide,
        guide_strength=recipe.guide_strength,
        references=sent_references(recipe.references),
        reference_guidance=recipe.reference_guidance,
        draw_width=recipe.native_width if sized else 0,
        draw_height=recipe.native_height if sized else 0,
        card=_card(brief),
        frames=recipe.frames,
        skip=recipe.skip,
        start_timecode=recipe.timecode,
        reel=recipe.reel,
        stop_at=one.wish.stop_at,
    )


def _card(brief: ShotBrief) -> CardText:
    """What a missing-shot card says; engines that draw pictures do not read it."""
    action = brief.fields.get("action", "") or brief.draft
    return CardText(brief.number, action, brief.fields.get("dialogue", ""), f"{brief.frames} frames")


# --- telling -----------------------------------------------------------------------------------------------------


def _style_note(brief: ShotBrief, engine: EngineInfo, ready: Ready) -> tuple[str, ...]:
    """Whether the accepted prompt is in a form another engine reads: it is used as it is all the same."""
    style = brief.expansion_style if brief.expansion else ""
    if not style or not engine.prompt_style or style == engine.prompt_style:
        return ()
    meant = next((one.title for one in ready.engines if one.prompt_style == style), style)
    return (f"The accepted prompt was written for {meant}; {engine.title} reads another form.",)


def _crop_notes(brief: ShotBrief, wish: Wish, material: Material) -> tuple[str, ...]:
    pictures = ((wish.first_frame, "first frame"), (wish.last_frame, "last frame"), (wish.guide, "guide"))
    notes = (crop_note(material.file(one, what), what, brief) for one, what in pictures if one)
    return tuple(filter(None, notes))


def _notes(one: Outline, budget: Budget, kept_out: str) -> tuple[str, ...]:
    parts = lengths.parts(one.engine, one.fit.drawings) if one.wish.work is None else 1
    in_parts = f"Drawn in {parts} parts of at most {one.engine.part} drawings." if parts > 1 else ""
    unread = f"{one.engine.id} does not read what must not be seen; that was left out." if kept_out else ""
    unread = "" if one.engine.negative else unread
    return (*filter(None, (one.fit.in_words, in_parts, unread)), *one.notes, *budget.notes())
