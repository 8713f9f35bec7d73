"""Where the docks stand: the layouts Board, Edit and Review, each with sizes of its own, and those saved by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow

from studio.settings import Settings
from studio.ui.theme import Look

KEPT_AS = "main-3"
"""What kept places are named after; another number forgets those an older arrangement of docks left."""
STARTS_AT = QSize(1600, 1000)
TITLE_BAR = 40
"""Room the desktop keeps for itself over a window."""
NARROW = 1400
"""Below this width the gallery starts folded."""
SMALL = 900
"""Below this height the storyboard and the takes start smaller."""
LEAST_SEEN = 80
"""Pixels of a window that must be on a screen: enough to take hold of it."""

Area = Qt.DockWidgetArea


@dataclass(frozen=True)
class Arrangement:
    """A layout as it is shipped: which docks are shown and where, from the top of a column down."""

    word: str
    keys: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    bottom: str
    wide_right: str
    """Token of the right column's width."""
    high_bottom: str
    """Token of the height at the bottom."""
    under_right: bool
    """Whether what is at the bottom goes on under the right column."""

    @property
    def shown(self) -> frozenset[str]:
        return frozenset((*self.left, *self.right, self.bottom))


ARRANGEMENTS: Mapping[str, Arrangement] = {
    "board": Arrangement("Board", "F5", ("gallery",), ("prompt", "takes"), "board", "right-column", "board", False),
    "edit": Arrangement("Edit", "F6", (), ("inspector",), "board", "inspector", "timeline", True),
    "review": Arrangement("Review", "F7", ("notes", "continuity"), ("takes",), "strip", "review-right", "film-strip",
                          True),
}
"""Docks that a window does not have are passed over."""
FIRST_PLACES = {"board": Area.BottomDockWidgetArea, "strip": Area.BottomDockWidgetArea,
                "prompt": Area.RightDockWidgetArea, "takes": Area.RightDockWidgetArea,
                "inspector": Area.RightDockWidgetArea}  # fmt: skip
"""Where a dock that the layout is shipped without appears when it is asked for; the others at the left."""


class Layouts(QObject):
    chosen = Signal(str)
    """id of the layout now shown: board, edit or review"""

    def __init__(
        self, look: Look, settings: Settings, window: QMainWindow, docks: Mapping[str, QDockWidget]
    ) -> None:
        super().__init__(window)
        self._look, self._settings, self._window, self._docks = look, settings, window, docks
        kept = settings["layout"]
        self.current = kept if kept in ARRANGEMENTS else "board"
        self._shown = False
        self.arrange()

    # --- changing ---

    def choose(self, name: str) -> None:
        """Another layout as it was left, or as it is shipped; nothing happens where it is the one shown."""
        if name != self.current:
            self.keep()
            self._show(name, f"{KEPT_AS}-{name}")

    def reset(self) -> None:
        """Every dock in its first place, sized for the window as it is."""
        self.arrange()
        self.size_docks()

    def save(self, name: str) -> None:
        """Keep the places of now under `name`; another layout saved under it is replaced."""
        self._settings.keep_layout(f"{KEPT_AS}-saved-{name}", bytes(self._window.saveState().data()))
        self._settings["saved_layouts"] = {**self._settings["saved_layouts"], name: self.current}

    def saved(self) -> list[str]:
        return sorted(self._settings["saved_layouts"], key=str.casefold)

    def show_saved(self, name: str) -> None:
        self.keep()
        base = self._settings["saved_layouts"].get(name, "board")
        self._show(base if base in ARRANGEMENTS else "board", f"{KEPT_AS}-saved-{name}")

    def remove_saved(self, name: str) -> None:
        self._settings.forget_layout(f"{KEPT_AS}-saved-{name}")
        self._settings["saved_layouts"] = {one: base for one, base in self._settings["saved_layouts"].items()
                                           if one != name}  # fmt: skip

    def keep(self) -> None:
        """Remember the layout as it is now, to be found again under its own key."""
        self._settings["layout"] = self.current
        self._settings.keep_layout(f"{KEPT_AS}-{self.current}", bytes(self._window.saveState().data()))

    # --- the window itself ---

    def first_shown(self) -> None:
        """Called once, when the window has its size."""
        if not self._restore(f"{KEPT_AS}-{self.current}"):
            QTimer.singleShot(0, self, self.size_docks)  # docks take no size before the window has its own
        self.chosen.emit(self.current)

    def keep_size(self) -> None:
        self._settings.keep_layout(f"{KEPT_AS}-geometry", bytes(self._window.saveGeometry().data()))

    # --- places ---

    def arrange(self) -> None:
        """The docks of the layout where it is shipped with them; the others hidden."""
        plan = ARRANGEMENTS[self.current]
        under = Area.BottomDockWidgetArea if plan.under_right else Area.RightDockWidgetArea
        self._window.setCorner(Qt.Corner.BottomRightCorner, under)
        self._window.setCorner(Qt.Corner.BottomLeftCorner, Area.BottomDockWidgetArea)
        for dock in self._docks.values():
            dock.setFloating(False)
        for area, names in ((Area.LeftDockWidgetArea, plan.left), (Area.RightDockWidgetArea, plan.right),
                            (Area.BottomDockWidgetArea, (plan.bottom,))):  # fmt: skip
            for name in names:
                if name in self._docks:
                    self._window.addDockWidget(area, self._docks[name])
        for name, dock in self._docks.items():
            if self._window.dockWidgetArea(dock) is Area.NoDockWidgetArea:
                self._window.addDockWidget(FIRST_PLACES.get(name, Area.LeftDockWidgetArea), dock)
            dock.setVisible(name in plan.shown)

    def size_docks(self) -> None:
        size, plan, window = self._look.size, ARRANGEMENTS[self.current], self._window
        small = window.height() < SMALL
        gallery = size("gallery-folded") if window.width() < NARROW else size("gallery")
        left = {"gallery": gallery}.get(next(iter(plan.left), ""), size("notes"))
        bottom = size(plan.high_bottom)
        if small and plan.bottom == "board":
            bottom = max(252, window.height() * 38 // 100)
        takes = 200 if small else 316
        self._resize({**dict.fromkeys(plan.left, left), **dict.fromkeys(plan.right[:1], size(plan.wide_right))}, across)
        self._resize({plan.bottom: bottom}, down)
        if len(plan.right) > 1:
            self._resize({plan.right[0]: window.height() - takes, plan.right[1]: takes}, down)

    def _resize(self, wanted: Mapping[str, int], along: Qt.Orientation) -> None:
        there = {name: size for name, size in wanted.items() if name in self._docks}
        self._window.resizeDocks([self._docks[name] for name in there], list(there.values()), along)

    def _show(self, name: str, kept_as: str) -> None:
        self.current = name
        self._settings["layout"] = name
        if not self._restore(kept_as):
            self.reset()
        self.chosen.emit(name)

    def _restore(self, kept_as: str) -> bool:
        """Places kept before; a dock that lies on a screen which is gone comes back into the window."""
        state = self._settings.layout(kept_as)
        if not state or not self._window.restoreState(QByteArray(state)):
            return False
        for dock in self._docks.values():
            if dock.isFloating() and not _can_be_seen(dock.frameGeometry()):
                dock.setFloating(False)
        return True


across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


def open_at_kept_size(window: QMainWindow, settings: Settings) -> None:
    """As large as it was, else as large as the screen has room for. Called before the window is shown."""
    if window.restoreGeometry(QByteArray(settings.layout(f"{KEPT_AS}-geometry"))):
        bring_on_screen(window)
        return
    room = window.screen().availableGeometry().size()
    window.resize(STARTS_AT.boundedTo(room))
    if STARTS_AT.boundedTo(room - QSize(0, TITLE_BAR)) != STARTS_AT:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def bring_on_screen(window: QMainWindow) -> None:
    """A window whose place is on a screen that was taken away comes back on one that is there."""
    if _can_be_seen(window.geometry()):
        return
    room = window.screen().availableGeometry()
    window.resize(window.size().boundedTo(room.size()))
    window.move(room.center() - window.rect().center())


def _can_be_seen(place: QRect) -> bool:
    least = QSize(LEAST_SEEN, LEAST_SEEN)
    seen = (screen.availableGeometry().intersected(place).size() for screen in QGuiApplication.screens())
    return any(size.width() >= least.width() and size.height() >= least.height() for size in seen)
