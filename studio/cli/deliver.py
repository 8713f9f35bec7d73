"""The commands that hand a film over and look it over: export, check."""

from __future__ import annotations

from pathlib import Path

import click

from studio.cli import door
from studio.cli.progress import show
from studio.cli.talk import as_json, counted, say, say_json
from studio.errors import BadValue, ProjectError
from studio.interchange import shown_cut
from studio.interchange.losses import losses
from studio.interchange.movie import export_movie
from studio.interchange.otio_formats import export_otio
from studio.interchange.shown_cut import ShownCut
from studio.project.check import check_film

FORMATS = ("mp4", "otio")


@click.command()
@door.film_argument
@click.option("--to", "form", required=True, metavar="FORMAT", help="mp4 (the finished movie) or otio (for editors).")
@click.option("--cut", metavar="CUT", help="A saved cut by its name, number or id; else the current one.")
@click.argument("out", type=click.Path(path_type=Path))
def export(film: Path, form: str, cut: str | None, out: Path) -> None:
    """Write the film to the file OUT: the current cut, or an earlier one."""
    if form not in FORMATS:
        raise BadValue(f"A film cannot be exported to {form[:40]!r}.", f"Use one of {', '.join(FORMATS)}.")
    if out.is_dir():
        raise BadValue(f"{out} is a folder.", f"Name the file to write, such as {out / f'film.{form}'}.")
    with door.opened(film) as project:
        shown = project.ask(shown_cut.gather, door.find_cut(project, cut) if cut else None)
        write(shown, form, out)
    say(f"Wrote {out}: {described(shown)}.")
    for loss in losses(shown) if form == "otio" else ():
        say(loss.sentence)


def write(cut: ShownCut, form: str, out: Path) -> Path:
    """Export in one form, with progress where it takes time."""
    if form == "otio":
        return export_otio(cut, out)
    with show() as progress:
        progress.start("movie", out.name)
        export_movie(cut, out, lambda done, total: progress.update("movie", done, total, f"{done} frames"))
        progress.end("movie", f"{cut.frames} frames")
    return out


def missing_cards(cut: ShownCut) -> int:
    return shown_cut.missing_shots(cut)


def described(cut: ShownCut) -> str:
    missing, boarded = missing_cards(cut), shown_cut.boarded_shots(cut)
    told = [f"{counted(cut.frames, 'frame')} at {cut.film.rate.shown}, {cut.film.width}x{cut.film.height}",
            counted(len(cut.audible), "sound") if cut.audible else "",
            f"{counted(boarded, 'shot')} in panels" if boarded else "",
            counted(missing, "missing-shot card") if missing else ""]
    return ", ".join(filter(None, told))


@click.command()
@door.film_argument
@as_json
def check(film: Path, as_json: bool) -> None:
    """Say whether everything the film needs is there and unbroken."""
    with show(quiet=as_json) as progress:
        progress.start("files", "looking")
        report = check_film(film, lambda done, total: progress.update("files", done, total, f"{done} files"))
    if as_json:
        say_json({"film": str(film), "whole": bool(report), **report.to_json()})
    if report:
        if not as_json:
            say(f"{film} is whole: the database is sound, and {counted(report.files, 'file')} "
                f"{'is' if report.files == 1 else 'are'} there with the right content.")
        return
    first, *more = report.problems
    if not as_json:
        for problem in more:
            say(f"{problem.file} {problem.sentence} {problem.hint}".strip())
    where = f"{first.file}: " if first.file else ""
    raise ProjectError(f"{where}{first.sentence}", first.hint)
