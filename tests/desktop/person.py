"""A person at the screen: uses the studio by what things are called, sees what went wrong, tells each step."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from tests.desktop.screen import Node, NotOnScreen, Screen, shotwright

ACCENT = (0x4F, 0xB9, 0xE3)
DRAWN_WITHIN_S = 240.0
FRAMES_A_SECOND = 24
LENGTH = re.compile(r"(\d+):(\d\d):(\d\d)")


class Wrong(AssertionError):
    """What a walk found to be otherwise than it should be."""


class Person:
    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.program: subprocess.Popen[Any] | None = None
        self._began = time.monotonic()

    @property
    def films(self) -> Path:
        """Where the studio puts new films: in the walk's own home."""
        return Path(self.screen.environment["HOME"]) / "Shotwright"

    # --- the studio ---

    def start(self, film: Path | None = None, seconds: float = 20) -> None:
        """The studio, on the screen and ready to be used."""
        self.program = self.screen.start(shotwright(), *([str(film)] if film else []))
        self.screen.find("Board" if film else "Example films", seconds=seconds)

    def leave(self) -> None:
        self.screen.key("ctrl+q")
        self._ended(15)

    def kill(self) -> None:
        """As when the machine goes down: nothing is asked, nothing is closed."""
        assert self.program is not None
        self.program.kill()
        self.program.wait(10)

    def _ended(self, seconds: float) -> None:
        assert self.program is not None
        status = self.program.wait(seconds)
        if status != 0:
            raise Wrong(f"the studio ended with status {status}")

    # --- telling ---

    def tell(self, text: str) -> None:
        """One step done. Whatever went wrong on the screen meanwhile ends the walk here."""
        print(f"  {time.monotonic() - self._began:6.1f} s  {text}", flush=True)
        self.look_for_trouble()

    def look_for_trouble(self) -> None:
        if self.program is not None and self.program.poll() is not None:
            raise Wrong(f"the studio is gone, status {self.program.returncode}")
        said = self.problem()
        if said:
            self.screen.picture("problem")
            raise Wrong(f"a problem sheet: {said}")

    def problem(self) -> str:
        """What the problem sheet on the screen says; empty without one."""
        nodes = self.screen.nodes()
        sheet = next((node for node in nodes if node.name == "Problem"), None)
        copy = next((node for node in nodes if node.name == "Copy details"), None)
        if sheet is None or copy is None:
            return ""
        said = [node.name for node in nodes if node.role == "label" and _above(node, copy)]
        return " ".join(said) or "without words"

    # --- looking ---

    def cards(self) -> list[Node]:
        return [node for node in self.screen.nodes() if node.role == "list item" and node.name.startswith("Shot ")]

    def card(self, number: str) -> Node:
        return self.screen.find(f"Shot {number}", "list item")

    def holds_keyboard(self, name: str) -> bool:
        """Whether the keyboard is on what is called `name`; a list's current row says so of itself beside it."""
        return any("focused" in node.states and node.is_called(name) for node in self.screen.nodes())

    def until_hands_are_in(self, field: str, shots: int) -> None:
        """A shot was made: there are so many, and what is typed goes into the field."""

        def there() -> bool:
            return self.holds_keyboard(field) and len(self.cards()) == shots

        self.screen.until(there, 5, f"{shots} shots and the keyboard in {field!r}")

    def film_frames(self) -> int:
        """The length of the film in the top bar (`0:16:00`), in film frames."""
        for node in self.screen.nodes():
            found = LENGTH.search(node.name)
            if node.role == "label" and found and " fps" in node.name:
                minutes, seconds, frames = (int(part) for part in found.groups())
                return (minutes * 60 + seconds) * FRAMES_A_SECOND + frames
        raise Wrong("the top bar does not tell how long the film is")

    def until_frames(self, frames: int, what: str) -> None:
        self.screen.until(lambda: self.film_frames() == frames, 5, what)

    def until_queue_is_empty(self, seconds: float = DRAWN_WITHIN_S) -> None:
        def empty() -> bool:
            self.look_for_trouble()
            return any(node.name == "The queue is empty" for node in self.screen.nodes())

        self.screen.until(empty, seconds, "an empty queue")

    def accent_box(self, within: Node) -> tuple[int, int, int, int]:
        """What is outlined as selected, found by its colour as an eye finds it: left, top, right, bottom."""
        left, top, width, height = within.box
        picture = Image.open(self.screen.picture("look")).convert("RGB").crop((left, top, left + width, top + height))
        pixels = picture.load()
        assert pixels is not None
        hits = [(x, y) for y in range(40, height) for x in range(width) if pixels[x, y] == ACCENT]
        if not hits:
            raise NotOnScreen("nothing is outlined as selected")
        columns, rows = [x for x, _y in hits], [y for _x, y in hits]
        return left + min(columns), top + min(rows), left + max(columns), top + max(rows)

    # --- hands ---

    def fill(self, name: str, text: str) -> None:
        """Click into a field and write over what is in it."""
        self.screen.click(name, "text")
        self.screen.key("ctrl+a")
        self.screen.type(text)

    def menu(self, menu: str, entry: str) -> None:
        self.screen.click(menu, "menu item")
        self.screen.click(entry, "menu item")

    def run(self, words: str) -> None:
        """A command found by its words in the palette."""
        self.screen.key("ctrl+shift+p")
        self.screen.type(words)
        time.sleep(0.4)
        self.screen.key("Return")

    def tab_to(self, name: str, most: int = 60, back: bool = False) -> None:
        """Tab until the keyboard is on what is called `name`."""
        for _press in range(most):
            if self.holds_keyboard(name):
                return
            self.screen.key("shift+Tab" if back else "Tab")
        raise Wrong(f"{name!r} is not reached with {most} presses of Tab")

    # --- films made beforehand, and what is in them ---

    def make_film(self, title: str, lines: Sequence[str], *, takes: bool = False) -> Path:
        """A small film by the command line, with missing-shot cards as takes where takes are needed."""
        film = self.films / title
        self.command("new", str(film), "--size", "640x360")
        self.command("add-scene", str(film), "--heading", "INT. KITCHEN - DAY", "--location", "kitchen")
        for line in lines:
            self.command("add-shot", str(film), "--prompt", line, "--frames", "48")
        if takes:
            self.command("generate", str(film), "--shot", "1", "--engine", "slate", "--takes", "2")
        return film

    def shots(self, film: Path) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.command("shots", str(film), "--json"))
        return found

    def command(self, *words: str) -> str:
        done = subprocess.run([shotwright(), *words], env={**self.screen.environment, "QT_QPA_PLATFORM": "offscreen"},
                              capture_output=True, text=True, check=False)  # fmt: skip
        if done.returncode:
            raise Wrong(f"shotwright {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout


def _above(node: Node, copy: Node) -> bool:
    """Whether a label stands in the sheet over its lowest row, where *Copy details* is."""
    left, top, _width, _height = copy.box
    return left - 40 <= node.box[0] <= left + 600 and top - 160 <= node.box[1] < top
