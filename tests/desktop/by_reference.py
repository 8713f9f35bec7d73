"""A subject with a picture, a prompt grown from a short idea: what is told to be sent is what a panel is drawn from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from PIL import Image, ImageDraw

from studio.open_project import OpenProject
from studio.project import queries
from tests.desktop.panels import give
from tests.desktop.person import Person, Wrong

IDEA = " sits in the kitchen."
NAME = "@nora"
ADDED = "+\N{NO-BREAK SPACE}"
"""Stands before what was added to the draft."""
COAT, SKIN, PAPER, INK = (188, 42, 58), (226, 184, 150), (224, 218, 200), (24, 24, 28)


def walk(person: Person) -> None:
    film = person.films / "reference"
    person.command("new", str(film), "--size", "640x360")
    person.command("add-scene", str(film), "--heading", "INT. KITCHEN - DAY", "--location", "kitchen", "--time", "day")
    person.command("add-shot", str(film), "--frames", "48")
    person.start(film)
    add_subject(person)
    name_her(person)
    used = expand(person)
    draw(person)
    compare(person, used)
    person.leave()


def add_subject(person: Person) -> None:
    """Her picture from the clipboard, onto the gallery."""
    picture = person.screen.folder / "nora.png"
    draw_nora().save(picture)
    other = give(person, "picture", picture)
    left, top, width, height = person.screen.find("References", "list").box
    person.screen.click_at(left + width // 2, top + height // 2)
    person.screen.key("ctrl+v")
    person.screen.find("Add subject", "push button")
    person.screen.type(NAME)
    person.screen.key("Tab", "Tab")
    person.screen.type("woman with black hair in a red coat")
    person.screen.key("Return")
    person.screen.find(f"{NAME}, woman with black hair in a red coat, not used, 1 view", "list item")
    other.terminate()
    person.tell(f"{NAME} came into the film with a pasted picture")


def name_her(person: Person) -> None:
    """Two letters of her name are enough; the hint under the draft puts her in the shot."""
    screen = person.screen
    screen.key("alt+1", "Home", "alt+3")
    screen.click("Prompt", "text")
    screen.type(NAME[:3])
    screen.find(NAME, "list item")
    screen.key("Return")
    screen.type(IDEA)
    screen.until(lambda: screen.find("Prompt", "text").text == NAME + IDEA, 5, "her name written out in the draft")
    screen.click(f"Put {NAME} in the shot", "push button")
    screen.find(f"{NAME}, woman with black hair in a red coat, 1 shot, 1 view", "list item")
    person.tell("her name was completed, and she is in the shot")


def expand(person: Person) -> str:
    """The proposed text, accepted."""
    screen = person.screen
    screen.key("ctrl+e")
    screen.find("Accept", "push button", seconds=60)
    text = screen.find("Expanded prompt", "text").text.replace(ADDED, "")
    if NAME not in text or len(text) <= len(NAME + IDEA):
        raise Wrong(f"expanded to {text!r}")
    screen.click("Accept", "push button")
    screen.find("Next take: variant 1, accepted", "label")
    screen.find("1 of 1", "label")
    person.tell(f"her picture is told to be sent; accepted: {text}")
    return text


def draw(person: Person) -> None:
    person.screen.key("alt+1", "Home", "ctrl+Return")
    person.screen.until(lambda: "Panel" in person.cards()[0].name, 120, "a panel of the shot")
    person.until_queue_is_empty()
    person.tell("the panel is drawn")


def compare(person: Person, used: str) -> None:
    """What was told to be sent is in the recipe of the panel, and so is the accepted text."""
    film = person.films / "reference"
    told = json.loads(person.command("references", str(film), "--shot", "1", "--still", "--json"))["sent"]
    with closing(OpenProject.open(film, writable=False)) as project:
        panel = project.ask(queries.panel_cards, person.shots(film)[0]["id"])[0]
    recipe = json.loads(panel.recipe)
    if [one["subject"] for one in told] != [NAME] or _known(told) != _known(recipe["references"]):
        raise Wrong(f"told to be sent: {told}; drawn from: {recipe['references']}")
    if recipe["prompt"].split() != used.split():
        raise Wrong(f"drawn from {recipe['prompt']!r}, accepted was {used!r}")
    person.tell("the panel's recipe names her picture and the accepted text")


def _known(references: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(one[word] for word in ("subject", "purpose", "hash")) for one in references]


def draw_nora() -> Image.Image:
    """A standing figure, as somebody may have drawn her."""
    picture = Image.new("RGB", (384, 576), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((146, 60, 238, 160), fill=SKIN, outline=INK, width=4)
    pen.pieslice((140, 48, 244, 160), 180, 360, fill=INK)
    pen.polygon([(112, 380), (146, 170), (238, 170), (272, 380)], fill=COAT, outline=INK)
    pen.rectangle((152, 380, 184, 530), fill=INK)
    pen.rectangle((200, 380, 232, 530), fill=INK)
    return picture
