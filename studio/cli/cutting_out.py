"""The command cut-out: a region, or one thing without its background, out of a picture of a subject."""

from __future__ import annotations

from pathlib import Path

import click

from studio.cli import door
from studio.cli.talk import say
from studio.cli.views import KINDS, VIEW, find_view
from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import cut_out as cut_out_commands
from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.project.media import Imported


@click.command(epilog=VIEW)
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.option("--view", required=True, metavar="VIEW", help="The picture it is cut from.")
@click.option("--region", metavar="L,T,W,H", help="Left, top, width and height in pixels; without it, the whole.")
@click.option("--background", is_flag=True, help="Keep only the thing inside the region, without its background.")
@click.option("--for", "other", metavar="@NAME", help="The subject that gets the new picture, where it is another one.")
@click.option("--new-kind", help="Of a subject --for names that is made with the picture: character, prop, …")
@click.option("--shows", default="", help=f"What the new picture shows: {KINDS}")
def cut_out(
    film: Path, name: str, view: str, region: str | None, background: bool, other: str | None, new_kind: str | None,
    shows: str,
) -> None:  # fmt: skip
    """Cut something out of a picture of a subject: a new picture, the old one as it was."""
    if region is None and not background:
        raise BadValue("Nothing is said of what to cut out.", "Give --region, --background, or both.")
    if new_kind is not None and other is None:
        raise BadValue("A new subject has no name.", "Name it with --for @NAME.")
    rect = None if region is None else _region(region)
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        card = find_view(found, view)
        try:
            png = _cut_png(card, rect, background=background)
            made = project.media.stage_made(png, cut_out_commands.cut_name(card.original_name))
            owner = _keep(project, found, card, made, other, new_kind, "" if shows == "none" else shows)
        finally:
            project.media.drop_staged()
    say(f"{owner} has a new picture, {made.width}×{made.height}, cut out of {card.original_name or 'the picture'}.")


def _keep(
    project: OpenProject, found: SubjectCard, card: ViewCard, made: Imported, other: str | None, new_kind: str | None,
    shows: str,
) -> str:  # fmt: skip
    """One step; the @name of the subject that has the picture now."""
    with project.media.keeping([made]):
        if new_kind is not None:
            changes = project.run(cut_out_commands.add_cut_subject, other, new_kind, made, card.hash, view=shows)
            owner = project.ask(queries.subject_card, changes.new("subject"))
        else:
            owner = found if other is None else project.ask(queries.subject_named, other)
            worn = card.wardrobe if owner.id == found.id else None
            changes = project.run(cut_out_commands.add_cut_view, owner.id, made, card.hash, view=shows, wardrobe=worn)
    if changes.note:
        say(changes.note)
    return str(owner.name)


def _cut_png(card: ViewCard, rect: tuple[int, int, int, int] | None, *, background: bool) -> bytes:
    # OpenCV is heavy; no other command needs it.
    from studio.sight import cut_picture, cutout

    picture = cut_picture.read(card.picture)
    whole = (0, 0, picture.shape[1], picture.shape[0])
    if not background:
        return cut_picture.region_png(picture, rect or whole)
    return cut_picture.thing_png(picture, cutout.select(cut_picture.seen(picture), rect or whole))


def _region(text: str) -> tuple[int, int, int, int]:
    try:
        left, top, width, height = (int(part) for part in text.split(","))
    except ValueError:
        raise BadValue(f"{text[:60]!r} is no region.", "Give left, top, width and height: 40,0,320,480.") from None
    return left, top, width, height
