"""What a menu entry, a shortcut and a palette entry are, as data; what an entry may need to be of use."""

from __future__ import annotations

from dataclasses import dataclass

NEEDS = {
    "": "",
    "writable": "The film is open for looking only.",
    "shot": "Choose a shot on the board first.",
    "take": "Look at a take of the shot first.",
    "panel": "The shot has no panel yet.",
    "undo": "There is nothing to undo.",
    "redo": "There is nothing to redo.",
    "out_of_date": "The shot is not out of date.",
    "frames": "The cut has no shot yet.",
    "film": "No film is open.",
    "marker": "Choose a marker on the timeline first.",
    "sound": "Choose a sound clip on the timeline first.",
}
"""What an action may need, and the sentence that says why it cannot be done without."""


@dataclass(frozen=True)
class Action:
    id: str
    text: str
    menu: str
    calls: str
    """`target.method`: one of the objects the window hands to `built.build`."""
    keys: tuple[str, ...] = ()
    where: str = ""
    """The panel whose keyboard focus its keys need; empty: anywhere in the window outside text fields."""
    needs: tuple[str, ...] = ()
    line_before: bool = False
    stays: bool = False
    """Whether it is on or off, shown with a tick in its menu."""
    repeats: bool = True
    """Whether it runs again and again while its key is held down."""
    submenu: bool = False
    """Whether it opens a menu: `calls` names a method that returns what is in it now, as `build.Choice`s."""
