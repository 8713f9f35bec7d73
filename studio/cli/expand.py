"""The commands about longer prompts: expand, expansions, accept-expansion, refuse-expansion, edit-expansion."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from studio import app
from studio.cli import door
from studio.cli.progress import Show, show
from studio.cli.talk import as_json, counted, say, say_columns, say_json
from studio.cli.waiting import Answer, wait_for
from studio.errors import BadValue, NotFound, Refused, StudioError
from studio.generation.expanding import Expanding
from studio.generation.expansion import Expansion
from studio.generation.question import GRAMMAR, SKETCH, question_of_text
from studio.generation.writers import STARTS_WITHIN_S, prompt_writer
from studio.open_project import OpenProject
from studio.project import expansion_queries, gallery_queries, queries
from studio.project.commands import expansion as commands
from studio.project.prompt_cards import ACCEPTED, EDITED, REFUSED, UNDECIDED, ExpansionCard
from studio.settings import Settings

EXPANSION = "EXPANSION is an id that shotwright expansions lists, or a shot: then the newest text proposed for it."

PROGRESS = "prompts"
ID = "expansion_"
"""How the ids of proposed prompts begin."""

film_option = click.option("--film", type=click.Path(path_type=Path), metavar="FILM", help="The film's folder.")


@click.command()
@click.argument("text", required=False)
@film_option
@door.shot_option(required=False)
@click.option("--scene", metavar="S", help="Every shot of this scene, by its number, id or place.")
@click.option("--all", "whole", is_flag=True, help="Every shot of the film.")
@click.option(
    "--with",
    "provider",
    default=GRAMMAR,
    show_default=True,
    metavar="PROVIDER",
    help="Who writes: grammar is built in; shotwright writers lists the others.",
)
@click.option(
    "--style",
    default="",
    metavar="STYLE",
    help="Caption style: sketch, wan, ltx, hunyuan, cogvideox, mochi "
    "or plain; without one, that of the engine at hand.",
)
@click.option("--language", default="", metavar="L", help="en or zh; without one, the draft's own where the style can.")
@click.option("--variant", type=int, metavar="N", help="1 is the plainest; without one, the next one there is not yet.")
@click.option("--accept", is_flag=True, help="Draw the next takes from it.")
@click.option("--accept-without-warnings", is_flag=True, help="The same, of those nothing is to be said against.")
@as_json
def expand(
    text: str | None, film: Path | None, shot: str | None, scene: str | None, whole: bool, accept: bool,
    accept_without_warnings: bool, as_json: bool, **how: Any,
) -> None:  # fmt: skip
    """Write a longer prompt: of TEXT, of one shot, or of every shot of a scene or the film.

    Of shots it is kept as a proposal; nothing is drawn from it before it is accepted. Of TEXT it is only printed; with
    --film the subjects it names are told by what they look like.
    """
    _check_wished(text, film, [shot, scene, whole or None], accept or accept_without_warnings)
    if text is not None:
        _expand_text(text, film, as_json, **how)
        return
    assert film is not None
    with app.build(film) as studio:
        expanding = Expanding(studio.project, studio.queue, Settings())
        shots = _shots(studio.project, expanding, shot, scene)
        with show(quiet=as_json or len(shots) == 1) as progress:
            written = _written(expanding, shots, progress, **how)
        cards = [studio.project.ask(expansion_queries.expansion_card, one) for one in written.made.values()]
        wanted = [one.id for one in cards if accept or (accept_without_warnings and not one.warnings)]
        if wanted:
            studio.project.run(commands.accept_expansions, wanted)
            cards = [studio.project.ask(expansion_queries.expansion_card, one.id) for one in cards]
        numbers = {one.id: one.number for one in studio.project.ask(queries.shot_cards, shots)}
    _say_expanded(cards, numbers, written.notes, film, as_json)
    _raise_first(written.refusals, len(cards))


def _check_wished(text: str | None, film: Path | None, places: list[Any], accept: bool) -> None:
    if (text is not None) + sum(one is not None for one in places) != 1:
        raise BadValue(
            "It is not clear what is to be written longer.",
            "Give a TEXT, or --film with one of --shot, --scene and --all.",
        )
    if text is None and film is None:
        raise BadValue("A shot belongs to a film, and none is named.", "Give --film.")
    if text is not None and accept:
        raise BadValue("A text that belongs to no shot cannot be accepted.", "Name a shot with --film and --shot.")
    if text is not None and not text.strip():
        raise BadValue("The text is empty.", "Write what is seen.")


# --- of a text ---------------------------------------------------------------------------------------------------


def _expand_text(
    text: str, film: Path | None, as_json: bool, provider: str, style: str, language: str, variant: int | None
) -> None:
    writer = None if provider == GRAMMAR else prompt_writer(Settings(), provider)
    cast, notes = _cast(film, text) if film is not None else ([], "")
    asked = question_of_text(
        text, cast, writer=writer.as_message() if writer else None, style=style or SKETCH, language=language,
        variant=_checked_variant(variant) or 1, style_notes=notes,
    )  # fmt: skip
    with app.words_runtime() as words:
        expansion, patience = Expansion(words), (writer.seconds if writer else 60.0) + STARTS_WITHIN_S

        def begin(answer: Answer) -> None:
            expansion.ask(asked, answer, patience_s=patience)

        found = wait_for(begin)
    if as_json:
        say_json({
            "text": found.text, "negative": found.negative, "parts": [{"kind": one.kind, "text": one.text}
            for one in found.parts], "unknown": list(found.unknown), "warnings": list(found.warnings),
            "notes": list(found.notes), "provider": provider, "model": found.model, "style": asked.style,
            "variant": asked.variant,
        })  # fmt: skip
        return
    say(found.text)
    for line in _remarks(found.negative, found.warnings, found.unknown, found.notes):
        click.echo(line, err=True)


def _cast(film: Path, text: str) -> tuple[list[dict[str, str]], str]:
    """The film's subjects that a text names, and the film notes."""
    from model_runtime.mentions import names

    with door.opened(film) as project:
        cards = project.ask(gallery_queries.subject_cards)
        notes = project.ask(queries.film_card).style_notes
    told = [{"name": one.name, "kind": one.kind, "description": one.description} for one in cards
            if names(text, one.name)]  # fmt: skip
    return told, notes


# --- of shots ----------------------------------------------------------------------------------------------------


def _shots(project: OpenProject, expanding: Expanding, shot: str | None, scene: str | None) -> list[str]:
    """Those to write for, in board order; approved and omitted ones are left alone unless one is named itself."""
    if shot is not None:
        return [door.find_shot(project, shot)]
    found = expanding.open_shots(door.find_scene(project, scene) if scene is not None else None)
    if not found:
        raise StudioError("There is no shot to write a prompt for.", "Approved and omitted shots are left alone.")
    return found


@dataclass
class _Written:
    made: dict[str, str] = field(default_factory=dict)
    """Shot id to the id of the text that was proposed for it."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    """By shot id: what the writer left out and why."""
    refusals: list[StudioError] = field(default_factory=list)


def _written(
    expanding: Expanding, shots: Sequence[str], progress: Show, provider: str, style: str, language: str,
    variant: int | None,
) -> _Written:  # fmt: skip
    """What came of asking for these shots, in their order."""
    found, checked = _Written(), _checked_variant(variant)
    expanding.proposed.connect(found.made.__setitem__)
    expanding.noted.connect(lambda shot, note: found.notes.setdefault(shot, []).append(note))
    expanding.refused.connect(lambda _shot, error: found.refusals.append(error))
    expanding.progressed.connect(lambda done, total: progress.update(PROGRESS, done, total, "writing"))

    def begin(answer: Answer) -> None:
        expanding.idle.connect(lambda: answer(None))
        for shot in shots:
            expanding.expand(shot, provider, checked, language=language, style=style)

    progress.start(PROGRESS, "prompts")
    wait_for(begin, stop=expanding.cancel)
    progress.end(PROGRESS, "done")
    found.made = {shot: found.made[shot] for shot in shots if shot in found.made}
    return found


def _checked_variant(variant: int | None) -> int | None:
    if variant is not None and not 1 <= variant <= commands.MOST_VARIANTS:
        raise BadValue(f"There is no variant {variant}.", f"Give 1 to {commands.MOST_VARIANTS}.")
    return variant


def _say_expanded(
    cards: Sequence[ExpansionCard], numbers: dict[str, str], notes: dict[str, list[str]], film: Path, as_json: bool
) -> None:
    if as_json:
        say_json([{**facts(one, numbers[one.shot]), "notes": notes.get(one.shot, [])} for one in cards])
        return
    for card in cards:
        say(f"{numbers[card.shot]}: {card.text}")
        for line in _remarks(card.negative, card.warnings, card.unknown, notes.get(card.shot, ())):
            say(f"  {line}")
    waiting = [one for one in cards if one.state == UNDECIDED]
    if waiting:
        ids = " ".join(one.id for one in waiting)
        say(
            f"Accept {'it' if len(waiting) == 1 else 'them'} with: "
            f"shotwright accept-expansion {shlex.quote(str(film))} {ids}"
        )


def _remarks(negative: str, warnings: Sequence[str], unknown: Sequence[str], notes: Sequence[str]) -> list[str]:
    found = [f"Keep out: {negative}"] if negative else []
    found += [f"Look at this: {one}" for one in warnings]
    found += [f"The engine does not know: {', '.join(unknown)}."] if unknown else []
    return [*found, *notes]


def _raise_first(refusals: Sequence[StudioError], done: int) -> None:
    if not refusals:
        return
    more = f" ({len(refusals) - 1} more like it; {done} written.)" if len(refusals) > 1 else ""
    raise StudioError(refusals[0].sentence + more, refusals[0].hint)


# --- what was proposed -------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@door.shot_option()
@as_json
def expansions(film: Path, shot: str, as_json: bool) -> None:
    """List every prompt that was proposed for a shot, newest first, and what became of each."""
    with door.opened(film) as project:
        found = door.find_shot(project, shot)
        cards = project.ask(expansion_queries.expansion_cards, found)
        number = project.ask(queries.shot_card, found).number
    if as_json:
        say_json([facts(one, number) for one in cards])
    elif not cards:
        say(f"No longer prompt was proposed for {number} yet.")
    else:
        rows = [
            (
                "in use" if one.used else one.state,
                one.provider,
                one.variant,
                one.style,
                one.made_at[:16],
                one.id,
                one.text,
            )
            for one in cards
        ]
        say_columns(("state", "by", "variant", "style", "made", "id", "prompt"), rows)


def facts(card: ExpansionCard, number: str) -> dict[str, Any]:
    """A proposed prompt as JSON shows it; `used`: the next takes are drawn from it."""
    return {
        "id": card.id, "shot": card.shot, "number": number, "text": card.text, "negative": card.negative,
        "state": card.state, "used": card.used, "draft": card.draft, "provider": card.provider, "model": card.model,
        "style": card.style, "language": card.language, "variant": card.variant, "warnings": list(card.warnings),
        "unknown": list(card.unknown), "made_at": card.made_at, "decided_at": card.decided_at,
        "parts": [{"kind": one.kind, "text": one.text, "state": one.state, "locked": one.locked}
                  for one in card.parts],
    }  # fmt: skip


def find_expansion(project: OpenProject, text: str) -> ExpansionCard:
    """By id, or the newest of a shot. Raises NotFound."""
    if text.strip().startswith(ID):
        found: ExpansionCard = project.ask(expansion_queries.expansion_card, text.strip())
        return found
    shot = door.find_shot(project, text)
    cards = project.ask(expansion_queries.expansion_cards, shot)
    if not cards:
        number = project.ask(queries.shot_card, shot).number
        raise NotFound(f"No longer prompt was proposed for {number} yet.", "Have one written: shotwright expand")
    newest: ExpansionCard = cards[0]
    return newest


expansions_argument = click.argument("expansions", metavar="EXPANSION...", nargs=-1, required=True)


@click.command(epilog=EXPANSION)
@door.film_argument
@expansions_argument
def accept_expansion(film: Path, expansions: tuple[str, ...]) -> None:
    """Draw the next takes of its shot from a proposed prompt; several are accepted as one step."""
    with door.opened(film, writable=True) as project:
        wanted = list(dict.fromkeys(find_expansion(project, one).id for one in expansions))
        changes = project.run(commands.accept_expansions, wanted)
    say(changes.note or f"Accepted {counted(len(wanted), 'prompt')}.")


@click.command(epilog=EXPANSION)
@door.film_argument
@click.argument("expansion", metavar="EXPANSION")
def refuse_expansion(film: Path, expansion: str) -> None:
    """Do not use a proposed prompt; it stays in the shot's history, and the draft as it is. One accepted before it is
    used again."""
    with door.opened(film, writable=True) as project:
        card = find_expansion(project, expansion)
        project.run(commands.refuse_expansion, card.id)
        left = any(one.used for one in project.ask(expansion_queries.expansion_cards, card.shot))
        number = project.ask(queries.shot_card, card.shot).number
    say(f"Refused; {number} {'is drawn from the prompt accepted before' if left else 'keeps its draft'}.")


@click.command(epilog=EXPANSION)
@door.film_argument
@click.argument("expansion", metavar="EXPANSION")
@click.option("--part", type=int, required=True, metavar="N", help="Which part, counted from 1.")
@click.option("--text", help="What stands there instead.")
@click.option("--accept", "state", flag_value=ACCEPTED, help="Use this part.")
@click.option("--refuse", "state", flag_value=REFUSED, help="Do not use this part.")
@click.option("--undecided", "state", flag_value=UNDECIDED, help="As it was proposed.")
@click.option("--lock/--unlock", "locked", default=None, help="Keep this part word for word in the next variant.")
def edit_expansion(
    film: Path, expansion: str, part: int, text: str | None, state: str | None, locked: bool | None
) -> None:
    """Accept, refuse, rewrite or lock one part of a proposed prompt."""
    if (text is not None) + (state is not None) + (locked is not None) != 1:
        raise BadValue(
            "It is not clear what becomes of the part.",
            "Give one of --text, --accept, --refuse, --undecided, --lock and --unlock.",
        )
    with door.opened(film, writable=True) as project:
        card = find_expansion(project, expansion)
        if not 1 <= part <= len(card.parts):
            raise Refused(f"The prompt has no part {part}.", f"It has parts 1 to {len(card.parts)}.")
        if locked is not None:
            project.run(commands.lock_part, card.id, part - 1, locked)
        else:
            project.run(commands.decide_part, card.id, part - 1, EDITED if text is not None else state, text)
        now = project.ask(expansion_queries.expansion_card, card.id)
    for place, one in enumerate(now.parts, 1):
        say(f"{place} {one.kind}, {one.state}{', locked' if one.locked else ''}: {one.text}")
