"""The fewest ways from an empty film to eight panels: her own pictures pasted, dropped; shots and one command."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.desktop import giver
from tests.desktop.person import Person

WANTED = 8
INK = (24, 24, 28)


def walk(person: Person) -> None:
    pictures = draw_pictures(person.screen.folder / "drawings")
    for way, bring in (("pasted", _paste), ("dropped", _drop)):
        film = person.films / way
        person.command("new", str(film), "--size", "640x360")
        other = give(person, "files", *pictures)
        person.start(film)
        person.screen.clicks = person.screen.keys = 0
        began = time.monotonic()
        bring(person)
        person.screen.until(lambda: sum("Panel" in card.name for card in person.cards()) == WANTED, 30,
                            f"{WANTED} cards with a panel")  # fmt: skip
        seconds = time.monotonic() - began
        person.tell(f"{WANTED} pictures {way}: {person.screen.clicks} clicks, {person.screen.keys} keys, "
                    f"{WANTED} panels after {seconds:.1f} s")  # fmt: skip
        other.terminate()
        person.leave()


def _paste(person: Person) -> None:
    person.screen.key("ctrl+v")


def _drop(person: Person) -> None:
    left, top, width, height = giver.PLACE
    person.screen.drag((left + width // 2, top + height // 2), person.screen.find("Board", "list").centre)


def give(person: Person, kind: str, *files: Path) -> subprocess.Popen[Any]:
    """Another program that holds these for pasting and dragging."""
    given = person.screen.start(sys.executable, "-m", "tests.desktop.giver", kind, *map(str, files))
    time.sleep(2)  # nothing tells that a clipboard has a new owner
    return given


def draw_pictures(folder: Path) -> list[Path]:
    """Eight drawings as somebody may have them: a figure that crosses the picture."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in range(1, WANTED + 1):
        picture = Image.new("RGB", (640, 360), (232, 228, 218))
        pen = ImageDraw.Draw(picture)
        x = 60 + number * 60
        pen.line((0, 300, 640, 300), fill=INK, width=4)
        pen.ellipse((x - 22, 120, x + 22, 164), outline=INK, width=4)
        pen.line((x, 164, x, 250, x - 24, 300), fill=INK, width=4)
        pen.line((x, 250, x + 24, 300), fill=INK, width=4)
        picture.save(folder / f"{number:02}.png")
        files.append(folder / f"{number:02}.png")
    return files
