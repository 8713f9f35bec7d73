"""The word after `shotwright`: a command, or else a film to open in the window."""

from __future__ import annotations

import difflib
import importlib
import keyword
from pathlib import Path
from typing import Any

import click

HOMES = {
    "demo": "demo",
    "new": "film",
    "shots": "film",
    "add-scene": "film",
    "add-shot": "film",
    "add-subject": "film",
    "generate": "draw",
    "render": "draw",
    "held": "held",
    "continue": "held",
    "cancel": "held",
    "takes": "draw",
    "events": "cutting",
    "trim": "cutting",
    "split": "cutting",
    "move": "cutting",
    "cuts": "cutting",
    "save-cut": "cutting",
    "compare-cuts": "cutting",
    "add-panel": "material",
    "import-take": "material",
    "add-shots": "material",
    "add-sound": "material",
    "sounds": "material",
    "add-marker": "material",
    "markers": "material",
    "add-note": "material",
    "notes": "material",
    "export": "deliver",
    "check": "deliver",
    "engines": "machine",
    "doctor": "machine",
    "window": "window",
}
"""The file of studio/cli each command lives in. Read only when it is called: a list of shots needs no exporter."""

HIDDEN = ("window",)


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

    `shotwright FILM` opens the window on a film's folder. The commands below board, draw, cut and hand over a film from
    a script; takes are chosen, and what is on the board is edited, in the window.
    """
