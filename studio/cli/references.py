"""The command about what an engine is sent of a shot: references."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio import app
from studio.cli import door
from studio.cli.draw import engine_option
from studio.cli.talk import as_json, inside, say, say_columns, say_json
from studio.cli.waiting import know_engines
from studio.errors import BadValue, NotFound, StudioError
from studio.generation.budget import Budget, DroppedPicture, SentPicture
from studio.generation.wish import Wish
from studio.project import queries
from studio.project.changes import Changes
from studio.project.commands import shot_pictures

PICTURE = "A picture is named by the number it is listed with, or by its id."


def _several(name: str, help_text: str) -> Any:
    return click.option(name, multiple=True, metavar="N", help=help_text)


@click.command(epilog=PICTURE)
@door.film_argument
@door.shot_option()
@engine_option
@click.option("--still", is_flag=True, help="Of a panel instead of a take.")
@click.option("--order", metavar="N,N…", help="The pictures sent first, in this order; the others follow as usual.")
@_several("--leave-out", "Do not send this picture for this shot; may be repeated.")
@_several("--bring-back", "Send a picture that was left out; may be repeated.")
@click.option("--as-usual", is_flag=True, help="No order of the shot's own, and nothing left out.")
@as_json
def references(
    film: Path, shot: str, engine: str, still: bool, order: str | None, leave_out: tuple[str, ...],
    bring_back: tuple[str, ...], as_usual: bool, as_json: bool,
) -> None:  # fmt: skip
    """Show which reference pictures a shot's next take is sent, which not and why; or change that for this shot."""
    edited = bool(order is not None or leave_out or bring_back)
    if as_usual and edited:
        raise BadValue("A shot is either as usual or as you say.", "Leave --as-usual or the others out.")
    wish = Wish("still" if still else "clip", engine)
    with app.build(film, writable=edited or as_usual) as studio:
        found = door.find_shot(studio.project, shot)
        know_engines(studio.queue)
        budget = _budget(studio, found, wish)
        if as_usual:
            studio.project.run(shot_pictures.reset_views, found)
        elif edited:
            studio.project.run(_arrange, found, *_named(budget, order, leave_out, bring_back))
        shown = _budget(studio, found, wish) if edited or as_usual else budget
        number = studio.project.ask(queries.shot_card, found).number
    _say(shown, number, film, as_json)


def _budget(studio: app.Studio, shot: str, wish: Wish) -> Budget:
    found = studio.queue.budget(shot, wish)
    if isinstance(found, StudioError):
        raise found
    return found


def _arrange(session: Any, shot: str, order: list[str] | None, out: list[str], back: list[str]) -> Changes:
    """As one step."""
    changes = Changes() if order is None else shot_pictures.order_views(session, shot, order)
    for view in out:
        changes |= shot_pictures.leave_out(session, shot, view)
    for view in back:
        changes |= shot_pictures.leave_out(session, shot, view, False)
    return changes


def _named(
    budget: Budget, order: str | None, leave_out: tuple[str, ...], bring_back: tuple[str, ...]
) -> tuple[list[str] | None, list[str], list[str]]:
    """Ids of the views that are named by the numbers of the list."""
    names = None if order is None else [one.strip() for one in order.split(",") if one.strip()]
    return (
        None if names is None else [_view(budget, one) for one in names],
        [_view(budget, one) for one in leave_out],
        [_view(budget, one) for one in bring_back],
    )


def _view(budget: Budget, text: str) -> str:
    listed = [one.view_id for one in budget.pictures]
    if text in listed:
        return text
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= len(listed):
        return listed[int(text) - 1]
    raise NotFound(
        f"The shot has no reference picture {text[:60]!r}.",
        f"It has pictures 1 to {len(listed)}." if listed else "Nobody in it is shown by pictures.",
    )


def _say(budget: Budget, number: str, film: Path, as_json: bool) -> None:
    if as_json:
        say_json({
            "engine": budget.engine, "most": budget.most,
            "sent": [{**_facts(one, film), "place": one.place, "read_width": one.read_width,
                      "read_height": one.read_height} for one in budget.sent],
            "given": [_facts(one, film) for one in budget.given],
            "dropped": [{**_facts(one, film), "reason": one.reason} for one in budget.dropped],
        })  # fmt: skip
        return
    if not (budget.sent or budget.given or budget.dropped):
        say(f"{number} has no reference pictures.")
        return
    say(f"{number}: {len(budget.sent)} of at most {budget.most} pictures are sent to {budget.engine}.")
    rows = [
        (
            str(place),
            one.subject or "the shot",
            one.view,
            one.purpose.replace("_", " "),
            _fate(one),
            inside(one.picture, film),
        )
        for place, one in enumerate(budget.pictures, 1)
    ]
    rows += [
        ("", "the shot", "", one.purpose.replace("_", " "), "used", inside(one.picture, film)) for one in budget.given
    ]
    say_columns(("", "of", "view", "for", "what becomes of it", "picture"), rows)


def _fate(one: SentPicture | DroppedPicture) -> str:
    if isinstance(one, DroppedPicture):
        return f"not sent: {one.reason}"
    return f"sent, read at {one.read_width}x{one.read_height}" if one.read_width else "sent"


def _facts(one: SentPicture | DroppedPicture, film: Path) -> dict[str, Any]:
    return {
        "id": one.view_id, "subject": one.subject, "view": one.view, "purpose": one.purpose,
        "picture": inside(one.picture, film), "hash": one.hash, "width": one.width, "height": one.height,
    }  # fmt: skip
