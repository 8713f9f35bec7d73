"""From the declared actions to Qt's: keys where they work, menus, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from studio.ui.actions.action import NEEDS, Action


def build(
    actions: Iterable[Action], targets: Mapping[str, object], panels: Mapping[str, QWidget], window: QWidget
) -> dict[str, QAction]:
    """A QAction for each entry by id, living where its keys work."""
    built = {}
    for action in actions:
        made = QAction(action.text, window)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(keys) for keys in action.keys])
        if action.where:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(partial(_call, _resolve(action, targets)))
        (panels[action.where] if action.where else window).addAction(made)
        built[action.id] = made
    return built


def fill(bar: QMenuBar, names: Iterable[str], actions: Iterable[Action], built: Mapping[str, QAction]) -> None:
    menus: dict[str, QMenu] = {name: bar.addMenu(name) for name in names}
    for action in actions:
        if action.line_before:
            menus[action.menu].addSeparator()
        menus[action.menu].addAction(built[action.id])


def enable(actions: Iterable[Action], built: Mapping[str, QAction], there: Mapping[str, bool]) -> None:
    """Switches each action by what it needs; the reason it is off becomes its tooltip."""
    for action in actions:
        missing = next((need for need in action.needs if not there[need]), "")
        built[action.id].setEnabled(not missing)
        built[action.id].setToolTip(NEEDS[missing] or action.text)


def _resolve(action: Action, targets: Mapping[str, object]) -> Callable[[], object]:
    target, method = action.calls.split(".")
    call: Callable[[], object] = getattr(targets[target], method)
    return call


def _call(method: Callable[[], object], _checked: bool = False) -> None:
    method()
