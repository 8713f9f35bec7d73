"""The word after `shotwright`: a command, or else a film to open in the window."""

from __future__ import annotations

import difflib
import importlib
import keyword
from pathlib import Path
from typing import Any

import click

SECTIONS = {
    "Film": {
        "demo": "demo",
        "new": "film",
        "film-settings": "film",
        "edit-film": "film",
        "check": "deliver",
        "undo": "steps",
        "redo": "steps",
    },
    "Board": {
        "shots": "film",
        "add-scene": "film",
        "edit-scene": "shots",
        "add-shot": "film",
        "edit-shot": "shots",
        "import": "importing",
        "duplicate": "shots",
        "omit": "shots",
        "restore": "shots",
        "approve": "shots",
        "keep": "shots",
    },
    "References": {
        "subjects": "subjects",
        "add-subject": "film",
        "edit-subject": "subjects",
        "remove-subject": "subjects",
        "grab-reference": "subjects",
        "add-view": "views",
        "edit-view": "views",
        "remove-view": "views",
        "cut-out": "cutting_out",
        "add-change": "wardrobe",
        "edit-change": "wardrobe",
        "remove-change": "wardrobe",
        "wear": "wardrobe",
        "given-references": "views",
        "give-reference": "views",
        "take-reference": "views",
        "names": "subjects",
    },
    "Prompts": {
        "expand": "expand",
        "expansions": "expand",
        "accept-expansion": "expand",
        "refuse-expansion": "expand",
        "edit-expansion": "expand",
        "references": "references",
    },
    "Prompt writers": {
        "writers": "writers",
        "add-writer": "writers",
        "edit-writer": "writers",
        "remove-writer": "writers",
        "try-writer": "writers",
        "models": "writers",
        "find-servers": "writers",
        "set-key": "writers",
    },
    "Panels": {
        "panels": "panels",
        "add-panel": "panels",
        "edit-panel": "panels",
        "blank-panel": "panels",
        "new-version": "panels",
        "remove-panel": "panels",
        "use-frame": "panels",
        "next-first-frame": "panels",
    },
    "Drawing": {
        "generate": "draw",
        "render": "draw",
        "again": "queue",
        "queue": "queue",
        "report": "queue",
        "move-job": "queue",
        "retry": "queue",
        "held": "held",
        "continue": "held",
        "cancel": "held",
    },
    "Takes": {
        "takes": "draw",
        "import-take": "importing",
        "choose": "takes",
        "star": "takes",
        "reject": "takes",
        "info": "takes",
    },
    "Cut": {
        "events": "events",
        "trim": "cutting",
        "roll": "cutting",
        "slip": "cutting",
        "split": "cutting",
        "move": "cutting",
        "retime": "events",
        "flop": "events",
        "hold": "events",
        "reframe": "events",
        "name-event": "events",
        "add-event": "events",
        "remove-event": "events",
    },
    "Continuity": {
        "continuity": "continuity",
        "alike": "continuity",
        "match": "continuity",
        "grade": "continuity",
    },
    "Versions of the cut": {
        "cuts": "cuts",
        "save-cut": "cuts",
        "use-cut": "cuts",
        "rename-cut": "cuts",
        "remove-cut": "cuts",
        "compare-cuts": "cuts",
    },
    "Sound": {
        "lanes": "sound",
        "lane": "sound",
        "add-lane": "sound",
        "remove-lane": "sound",
        "sounds": "sound",
        "add-sound": "sound",
        "edit-sound": "sound",
        "split-sound": "sound",
        "remove-sound": "sound",
    },
    "Markers and notes": {
        "markers": "notes",
        "add-marker": "notes",
        "edit-marker": "notes",
        "remove-marker": "notes",
        "notes": "notes",
        "add-note": "notes",
        "edit-note": "notes",
        "remove-note": "notes",
    },
    "Handing over": {
        "export": "deliver",
    },
    "This machine": {
        "engines": "machine",
        "doctor": "machine",
    },
}
"""Every command under the heading `--help` shows it by, and the file of studio/cli it lives in."""

HIDDEN = {"window": "window"}

HOMES = {name: home for some in (*SECTIONS.values(), HIDDEN) for name, home in some.items()}
"""Read only when it is called: a list of shots needs no exporter."""


SENTENCE = 200
"""Characters of a command's help that its line in the list shows; longer ones are cut."""


class FirstWord(click.Group):
    """A first word that is a command wins; one that is a film opens the window on it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in HOMES if name not in HIDDEN]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in HOMES:
            return None
        home = importlib.import_module(f"studio.cli.{HOMES[cmd_name]}")
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(home, f"{name}_" if keyword.iskeyword(name) else name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """By headings, each command with its whole sentence: a list this long is read by looking, not in order."""
        width = max(len(name) for name in HOMES)
        for heading, names in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), self._sentence(ctx, name)) for name in names])

    def _sentence(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        assert command is not None
        return command.get_short_help_str(SENTENCE)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (not args[0].startswith("-") and args[0] not in HOMES and _may_be_a_film(args[0])):
            args = ["window", *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args[0] not in HOMES:
            raise click.NoSuchCommand(args[0], possibilities=_close_to(args[0]), ctx=ctx)
        return super().resolve_command(ctx, args)


def _may_be_a_film(word: str) -> bool:
    """Something on the disk, or written like a path. Anything else is a misspelt command."""
    return any(mark in word for mark in ("/", "\\")) or Path(word).exists()


def _close_to(word: str) -> list[str]:
    return difflib.get_close_matches(word, [name for name in HOMES if name not in HIDDEN])


def _say_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from studio.cli.machine import version_of

        click.echo(f"shotwright {version_of('shotwright')}")
        ctx.exit()


@click.command(
    "shotwright",
    cls=FirstWord,
    subcommand_metavar="[FILM] | COMMAND ...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Its version.")
def shotwright() -> None:
    """A studio for filmmakers: board a film, draw its shots on this machine, hand over the cut.

    `shotwright FILM` opens the window on a film's folder. The commands below do to a film, from a script, what the
    window does; an edit is one step, which undo takes back.
    """
