"""What menu, keys and top bar do to places: layouts, panels shown and hidden, where the keyboard is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QWidget

from studio.errors import BadValue
from studio.ui.actions import Choice
from studio.ui.forms import NameSheet
from studio.ui.jobs.foot import QueueFoot
from studio.ui.layouts import ARRANGEMENTS, Layouts
from studio.ui.theme import Look

MOST_LETTERS = 40
"""In the name of a saved layout."""


class Places(QObject):
    def __init__(
        self, look: Look, over: QWidget, layouts: Layouts, docks: Mapping[str, QDockWidget],
        keyboard: Mapping[str, Callable[[], object]], foot: QueueFoot,
    ) -> None:  # fmt: skip
        """`keyboard`: gives the keys to a panel, by the dock's name; the viewer is in no dock."""
        super().__init__(over)
        self._look, self._over, self._layouts, self._docks = look, over, layouts, docks
        self._keyboard, self._foot = keyboard, foot

    def follow(self, built: Mapping[str, QAction]) -> None:
        """Ticks in the menu say which layout and which panels are shown."""
        for name, dock in self._docks.items():
            if (action := built.get(f"show_{name}")) is not None:
                shown = dock.toggleViewAction()
                action.setChecked(shown.isChecked())
                shown.toggled.connect(action.setChecked)
        self._ticks = {name: built[f"layout_{name}"] for name in ARRANGEMENTS}
        self._layouts.chosen.connect(self._tick)
        self._layouts.chosen.connect(self._keep_the_keys)
        self._tick(self._layouts.current)

    def _tick(self, current: str) -> None:
        for name, action in self._ticks.items():
            action.setChecked(name == current)

    def _keep_the_keys(self, layout: str) -> None:
        """The keyboard goes to the layout's main panel where the one that had it is hidden now."""
        had = self._over.focusWidget()
        if had is None or not had.isVisible() or self._foot.isAncestorOf(had):
            self._go_to("viewer" if layout == "review" else "board")

    # --- called by actions ---

    def board_layout(self) -> None:
        self._choose("board")

    def edit_layout(self) -> None:
        self._choose("edit")

    def review_layout(self) -> None:
        self._choose("review")

    def reset_layout(self) -> None:
        self._layouts.reset()

    def save_layout(self) -> None:
        NameSheet(self._look, self._over, "Save layout", "Name", "Save layout", self._save).open()

    def saved_layouts(self) -> list[Choice]:
        saved = self._layouts.saved()
        shown = [Choice(name, lambda name=name: self._layouts.show_saved(name)) for name in saved]  # type: ignore[misc]
        remove = [Choice(f"Remove {name}", lambda name=name: self._layouts.remove_saved(name))  # type: ignore[misc]
                  for name in saved]  # fmt: skip
        return [*shown, *remove] or [Choice("No layout was saved yet", lambda: None, enabled=False)]

    def toggle_gallery(self) -> None:
        self._toggle("gallery")

    def toggle_board(self) -> None:
        self._toggle("board")

    def toggle_prompt(self) -> None:
        self._toggle("prompt")

    def toggle_takes(self) -> None:
        self._toggle("takes")

    def toggle_inspector(self) -> None:
        self._toggle("inspector")

    def toggle_notes(self) -> None:
        self._toggle("notes")

    def toggle_continuity(self) -> None:
        self._toggle("continuity")

    def toggle_strip(self) -> None:
        self._toggle("strip")

    def to_board(self) -> None:
        self._go_to("board")

    def to_viewer(self) -> None:
        self._go_to("viewer")

    def to_prompt(self) -> None:
        self._go_to("prompt")

    def to_takes(self) -> None:
        self._go_to("takes")

    def to_notes(self) -> None:
        self._go_to("notes")

    def to_continuity(self) -> None:
        self._go_to("continuity")

    def to_gallery(self) -> None:
        self._go_to("gallery")

    def toggle_queue(self) -> None:
        self._foot.open.toggle()

    # --- how ---

    def _choose(self, name: str) -> None:
        self._layouts.choose(name)
        self._tick(self._layouts.current)  # a second press unticks the menu's entry, not the layout

    def _toggle(self, name: str) -> None:
        dock = self._docks[name]
        dock.setVisible(dock.isHidden())

    def _go_to(self, name: str) -> None:
        """Into a panel with the keyboard; one that is hidden is shown for it."""
        if name in self._docks:
            self._docks[name].show()
        self._keyboard[name]()

    def _save(self, name: str) -> bool:
        if not name or len(name) > MOST_LETTERS:
            raise BadValue("A layout needs a name.", f"Write 1 to {MOST_LETTERS} letters.")
        self._layouts.save(name)
        return True
