"""Everything a screen reader can land on has a name, in every state of the window."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from tests.desktop.by_reference import NAME, draw_nora
from tests.desktop.person import Person, Wrong
from tests.desktop.screen import Node

NAMED = (
    "push button", "toggle button", "check box", "radio button", "text", "password text", "combo box", "list",
    "list item", "menu", "menu item", "check menu item", "slider", "spin button", "tree", "table",
)  # fmt: skip
LABELLED = ("combo box",)
"""Their name is what is chosen in them; what they are called is told by a label."""
MENUS = ("Film", "Edit", "Shot", "Take", "Cut", "Sound", "Play", "View", "Window", "Help")
SHEETS: Mapping[str, tuple[str, ...]] = {
    "find or run": ("ctrl+shift+p",), "preferences": ("ctrl+comma",), "keyboard shortcuts": ("F1",),
    "report": ("F9",), "new scene": ("ctrl+shift+n",), "new film": ("ctrl+n",),
    "take info": ("alt+1", "Home", "ctrl+i"), "extend": ("ctrl+shift+e",), "redo range": ("ctrl+shift+d",),
}  # fmt: skip
"""Sheets over a film, by the keys that open them; Esc closes each."""
BY_NAME = ("New subject", "Film settings", "About Shotwright", "Speed", "Add lane", "Save cut as new version",
           "Names in the film", "Proposed prompts of the scene", "Prompt writers")  # fmt: skip
"""Sheets found in the palette."""


def walk(person: Person) -> None:
    reading = Reading(person)
    person.start()
    _start_screen(reading)
    person.leave()
    film = person.make_film("names", (f"{NAME} walks into the kitchen.", "@nobody sits down."), takes=True)
    _give_cast(person, film)
    person.start(film)
    _layouts(reading)
    _gallery(reading)
    _prompt(reading)
    _continuity(reading)
    _menus(reading)
    _sheets(reading)
    person.leave()
    _empty_film(reading, person.films / "no-shots")
    reading.judge()


class Reading:
    """What was read in each state, and what of it has no name."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.states = self.controls = 0
        self._nameless: list[str] = []

    def look(self, state: str) -> list[Node]:
        time.sleep(0.6)
        nodes = [node for node in self.person.screen.nodes() if node.role in NAMED and node.box[2] > 1]
        nameless = [node for node in nodes if not _called(node)]
        self.states, self.controls = self.states + 1, self.controls + len(nodes)
        self._nameless += [f"{state}: {node.role} {node.name!r} at {node.box}" for node in nameless]
        self.person.tell(f"{state}: {len(nodes)} controls, {len(nameless)} without a name")
        return nodes

    def miss(self, state: str, names: list[str]) -> None:
        """What is on the screen and not in the tree."""
        self._nameless += [f"{state}: {name} is not there for a screen reader" for name in names]

    def judge(self) -> None:
        if self._nameless:
            raise Wrong("without a name:\n    " + "\n    ".join(dict.fromkeys(self._nameless)))
        print(f"  {self.controls} controls in {self.states} states of the window, every one has a name")


def _called(node: Node) -> bool:
    return bool(node.label.strip()) if node.role in LABELLED else bool(node.name.strip() or node.label.strip())


def _start_screen(reading: Reading) -> None:
    reading.look("start screen")
    before = len(reading.person.screen.nodes())
    reading.person.screen.key("ctrl+n")
    _opened(reading, "new film", before)


def _layouts(reading: Reading) -> None:
    screen = reading.person.screen
    screen.key("alt+1", "Home")
    reading.look("board")
    for key, state in (("F6", "edit"), ("F7", "review"), ("c", "comparing")):
        screen.key(key)
        reading.look(state)
    screen.key("c", "F8")
    reading.look("queue")
    screen.key("F8", "F5")


def _give_cast(person: Person, film: Path) -> None:
    picture = person.screen.folder / "nora.png"
    draw_nora().save(picture)
    person.command("add-subject", str(film), NAME, "--kind", "character", "--image", str(picture))
    person.command("add-change", str(film), NAME, "--name", "wet", "--day", "2")
    person.command("edit-shot", str(film), "--shot", "1", "--subject", NAME)


def _gallery(reading: Reading) -> None:
    screen = reading.person.screen
    screen.key("alt+5", "ctrl+f")
    reading.look("gallery, finding")
    screen.key("Escape", "alt+5", "Home", "Down", "F2")
    reading.look("gallery, renaming")
    screen.key("Escape")
    before = len(screen.nodes())
    screen.key("alt+5", "Home", "Down", "Return")
    for page in ("Pictures", "Wardrobe", "In shots"):
        screen.click(f"What of the subject is shown: {page}", "check box")
        reading.look(f"subject, {page}")
    screen.click("What of the subject is shown: Pictures", "check box")
    screen.click("Cut out…", "push button")
    screen.find("Picture to cut from")
    reading.look("cut out, a region")
    screen.click("What is cut out: Without background", "check box")
    reading.look("cut out, without background")
    screen.key("Escape", "Escape")
    screen.until(lambda: len(screen.nodes()) <= before, 8, "the end of the subject's sheet")


def _prompt(reading: Reading) -> None:
    screen = reading.person.screen
    screen.key("alt+1", "Home", "ctrl+e")
    screen.find("Accept", "push button", seconds=60)
    reading.look("prompt, expanded")
    screen.key("ctrl+alt+e")
    screen.find("Another variant", "push button")
    reading.look("page of the prompt")
    screen.click("Edit this part", "push button")
    reading.look("page of the prompt, editing a part")
    screen.key("Escape", "ctrl+alt+e")


def _continuity(reading: Reading) -> None:
    screen = reading.person.screen
    screen.key("F7", "alt+7")
    reading.look("continuity, cuts")
    screen.click("Cuts of the scene, or one subject: Subject", "check box")
    reading.look("continuity, a subject")
    screen.key("F5")


def _menus(reading: Reading) -> None:
    for menu in MENUS:
        reading.person.screen.click(menu, "menu item")
        reading.look(f"menu {menu}")
        reading.person.screen.key("Escape")


def _sheets(reading: Reading) -> None:
    screen = reading.person.screen
    for sheet, keys in SHEETS.items():
        before = len(screen.nodes())
        screen.key(*keys)
        _opened(reading, sheet, before)
    for sheet in BY_NAME:
        before = len(screen.nodes())
        reading.person.run(sheet)
        _opened(reading, sheet, before)


def _opened(reading: Reading, sheet: str, before: int) -> None:
    """A sheet came, is read and goes again. `before`: how many nodes there were without it."""
    screen = reading.person.screen
    screen.until(lambda: len(screen.nodes()) > before, 8, f"the sheet {sheet!r}")
    reading.look(sheet)
    screen.key("Escape")
    screen.until(lambda: len(screen.nodes()) <= before, 8, f"the end of the sheet {sheet!r}")


def _empty_film(reading: Reading, film: Path) -> None:
    """The ways to begin are there for a screen reader too."""
    reading.person.command("new", str(film))
    reading.person.start(film)
    called = [node.name for node in reading.look("empty film")]
    reading.miss("empty film", [name for name in ("New shot", "New scene") if name not in called])
    reading.person.leave()
