"""The commands about prompt writers: writers, add-, edit-, remove-, try-writer, models, find-servers, set-key."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any

import click

from studio import app
from studio.cli.talk import as_json, counted, say, say_columns, say_json
from studio.cli.waiting import wait_for
from studio.errors import BadValue
from studio.generation.expansion import Expansion
from studio.generation.writers import (
    ADAPTERS,
    KEY_FORGOTTEN,
    SECONDS,
    PromptWriter,
    Writers,
    prompt_writer,
    prompt_writers,
)
from studio.settings import Settings

WRITER = "WRITER is the id or the name of a prompt writer; shotwright writers lists them."

writer_argument = click.argument("writer", metavar="WRITER")


@click.command()
@as_json
def writers(as_json: bool) -> None:
    """List who can write longer prompts: the built-in film grammar, and those you set up."""
    settings = Settings()
    found, at_hand = prompt_writers(settings), settings["expander"]
    if as_json:
        say_json([{**dataclasses.asdict(one), "default": one.id == at_hand} for one in found])
        return
    rows = [("grammar", "Film grammar", "built in", "", "", "", _mark(at_hand == "grammar"))]
    rows += [
        (
            one.id,
            one.title,
            ADAPTERS[one.adapter],
            one.base_url or "the service's own",
            one.model,
            "yes" if one.sees else "",
            _mark(one.id == at_hand),
        )
        for one in found
    ]
    say_columns(("id", "name", "speaks", "address", "model", "sees pictures", "used by default"), rows)


def _mark(wanted: bool) -> str:
    return "yes" if wanted else ""


def _options(command: Any) -> Any:
    for option in reversed((
        click.option("--adapter", metavar="HOW", help="openai (any compatible server), claude or gemini."),
        click.option("--base-url", metavar="URL", help="Its address; without one, the service's own."),
        click.option("--model", metavar="MODEL", help="Which model; shotwright models lists what it offers."),
        click.option("--sees/--blind", default=None, help="Whether it is shown the subjects' reference pictures."),
        click.option("--seconds", type=float, metavar="S", help=f"How long one text may take; at first {SECONDS:g}."),
        click.option("--default", "by_default", is_flag=True, help="Use it where no writer is named in the window."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("name", metavar="NAME")
@_options
def add_writer(name: str, by_default: bool, **fields: Any) -> None:
    """Set up a prompt writer called NAME. Its key, where it needs one, is given with: shotwright set-key"""
    if fields["adapter"] is None:
        raise BadValue("It is not said how to talk to the prompt writer.", f"Give --adapter {'|'.join(ADAPTERS)}.")
    settings = Settings()
    desk = Writers(settings, None)
    made = PromptWriter(desk.free_id(name), name, **_given(fields))
    desk.keep(made)
    if by_default:
        settings["expander"] = made.id
    say(f"Set up {name} as {made.id}. Try it with: shotwright try-writer {made.id}")


@click.command(epilog=WRITER)
@writer_argument
@click.option("--name", "title", help="Another name; the id stays.")
@_options
def edit_writer(writer: str, by_default: bool, **fields: Any) -> None:
    """Change a prompt writer. What is not named stays; its key is forgotten where it would go to another host."""
    settings = Settings()
    found, given = prompt_writer(settings, writer), _given(fields)
    if not given and not by_default:
        raise BadValue("Nothing about the prompt writer is changed.", "Name a field, such as --model.")
    forgotten = Writers(settings, None).keep(dataclasses.replace(found, **given))
    if by_default:
        settings["expander"] = found.id
    say(f"Changed {found.id}.")
    if forgotten:
        say(f"{KEY_FORGOTTEN} Give the key of the new one with: shotwright set-key {found.id}")


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


@click.command(epilog=WRITER)
@writer_argument
def remove_writer(writer: str) -> None:
    """Take a prompt writer off the list, its key with it. Texts it wrote stay in their films."""
    settings = Settings()
    found = prompt_writer(settings, writer)
    Writers(settings, None).remove(found.id)
    say(f"Removed {found.title}.")


@click.command(epilog=WRITER)
@writer_argument
def try_writer(writer: str) -> None:
    """Ask a prompt writer one short question, to see that address, key and model are right."""
    found = prompt_writer(Settings(), writer)
    with app.words_runtime() as words:
        desk = Writers(Settings(), Expansion(words))
        answer = wait_for(lambda tell: desk.try_writer(found, tell))
    say(answer.sentence)


@click.command(epilog=WRITER)
@writer_argument
@as_json
def models(writer: str, as_json: bool) -> None:
    """Ask a prompt writer which models it offers."""
    found = prompt_writer(Settings(), writer)
    with app.words_runtime() as words:
        desk = Writers(Settings(), Expansion(words))
        offered = wait_for(lambda tell: desk.ask_models(found, tell))
    if as_json:
        say_json([dataclasses.asdict(one) for one in offered])
    elif not offered:
        say(f"{found.title} offers no model.")
    else:
        sees = {True: "yes", False: "no", None: ""}
        say_columns(
            ("model", "name", "sees pictures", "ends"),
            [(one.id, one.title, sees[one.sees], one.ends) for one in offered],
        )


@click.command()
@as_json
def find_servers(as_json: bool) -> None:
    """Look for local servers (Ollama, llama.cpp, LM Studio, vLLM) on their usual ports of this machine."""
    with app.words_runtime() as words:
        desk = Writers(Settings(), Expansion(words))
        found = wait_for(desk.find_servers)
    if as_json:
        say_json([dataclasses.asdict(one) for one in found])
    elif not found:
        say("No local server answers on its usual port.")
    else:
        rows = [
            (one.name, one.base_url, counted(len(one.models), "model"), ", ".join(m.id for m in one.models[:5]))
            for one in found
        ]
        say_columns(("server", "address", "offers", "models"), rows)


@click.command(epilog=WRITER)
@writer_argument
@click.option("--forget", is_flag=True, help="Take the key away again.")
def set_key(writer: str, forget: bool) -> None:
    """Keep the key of a prompt writer: asked for on a terminal, else read from standard input. Never an argument."""
    found = prompt_writer(Settings(), writer)
    desk = Writers(Settings(), None)
    if forget:
        desk.forget_key(found.id)
        say(f"The key of {found.title} is forgotten.")
        return
    key = click.prompt("Key", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not key.strip():
        raise BadValue("No key was given.", f"Type it, or: shotwright set-key {found.id} < FILE")
    say(desk.keep_key(found.id, key))
