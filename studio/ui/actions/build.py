"""From the declared actions to Qt's: keys where they work, menus, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from studio.ui.actions.action import NEEDS, Action

KeysOf = Callable[[Action], Sequence[str]]


@dataclass(frozen=True)
class Choice:
    """One entry of a menu that is filled when it opens."""

    text: str
    """As it is read: a `&` of a name is no underlined letter."""
    run: Callable[[], object]
    enabled: bool = True


def build(
    actions: Iterable[Action], targets: Mapping[str, object], panels: Mapping[str, QWidget], window: QWidget,
    keys_of: KeysOf = lambda action: action.keys,
) -> dict[str, QAction]:  # fmt: skip
    """A QAction for each entry by id, living where its keys work."""
    built = {}
    for action in actions:
        made = QAction(action.text, window)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(keys) for keys in keys_of(action)])
        if action.where:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setAutoRepeat(action.repeats)
        made.setCheckable(action.stays)
        call = _resolve(action, targets)
        if action.submenu:
            made.setMenu(_menu(call, window))
        else:
            made.triggered.connect(partial(_call, call))
        (panels[action.where] if action.where else window).addAction(made)
        built[action.id] = made
    return built


def give_keys(actions: Iterable[Action], built: Mapping[str, QAction], keys_of: KeysOf) -> None:
    """Other keys for actions that are there already: a preset was chosen, a key was changed."""
    for action in actions:
        if action.id in built:
            built[action.id].setShortcuts([QKeySequence(keys) for keys in keys_of(action)])


def fill(
    bar: QMenuBar, names: Iterable[str], actions: Iterable[Action], built: Mapping[str, QAction]
) -> dict[str, QMenu]:
    """The menus of `names` by name, those without an entry left out."""
    actions = [action for action in actions if action.id in built]
    used = {action.menu for action in actions}
    menus: dict[str, QMenu] = {name: bar.addMenu(name) for name in names if name in used}
    for action in actions:
        menu = menus[action.menu]
        if action.line_before and menu.actions():
            menu.addSeparator()
        menu.addAction(built[action.id])
    return menus


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


def _menu(choices: Callable[[], Any], window: QWidget) -> QMenu:
    menu = QMenu(window)
    menu.aboutToShow.connect(partial(_show_choices, menu, choices))
    return menu


def _show_choices(menu: QMenu, choices: Callable[[], Any]) -> None:
    menu.clear()
    offered: Sequence[Choice] = choices()
    for choice in offered:
        entry = menu.addAction(choice.text.replace("&", "&&"), partial(_call, choice.run))
        entry.setEnabled(choice.enabled)


def _call(method: Callable[[], object], _checked: bool = False) -> None:
    method()
