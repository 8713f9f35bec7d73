"""Which keys an action has: its own, those of a preset, those the user gave it; and what stands against a key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from studio.settings import Settings
from studio.ui.actions import ACTIONS, Action

ANYWHERE = "anywhere outside a text field"
PLACES: Mapping[str, str] = {
    "": ANYWHERE, "viewer": "in the viewer", "board": "on the storyboard", "timeline": "on the timeline",
    "takes": "in the takes", "gallery": "in the references", "prompt": "in the shot's fields",
    "storyboard": "on the storyboard",
}  # fmt: skip


class Keys(QObject):
    """The keys of every action, kept in the settings. `changed` after each change: windows give them out again."""

    changed = Signal()

    def __init__(self, settings: Settings, presets: Path, actions: Sequence[Action] = ACTIONS) -> None:
        """`presets`: the folder with one file for each preset."""
        super().__init__()
        self._settings, self._folder, self.actions = settings, presets, tuple(actions)
        self._by_id = {action.id: action for action in self.actions}
        self._preset = read_preset(presets / f"{settings['shortcut_preset']}.toml")
        settings.heard.append(self._heard)

    def close(self) -> None:
        self._settings.heard.remove(self._heard)

    def of(self, action: Action) -> tuple[str, ...]:
        given = self._settings["shortcuts"].get(action.id)
        if isinstance(given, list) and all(isinstance(one, str) for one in given):
            return tuple(given)
        return self.of_preset(action)

    def of_preset(self, action: Action) -> tuple[str, ...]:
        """Without what the user changed. A preset that gives a key to one action takes it from where it was."""
        if action.id in self._preset:
            return self._preset[action.id]
        taken = {(self._by_id[other].where, normal(key)) for other, keys in self._preset.items()
                 if other in self._by_id for key in keys}  # fmt: skip
        return tuple(key for key in action.keys
                     if not any(meets(action.where, where) and normal(key) == one for where, one in taken))  # fmt: skip

    def is_changed(self, action: Action) -> bool:
        return action.id in self._settings["shortcuts"]

    def against(self, action: Action, key: str) -> Action | None:
        """The other action that has `key` where it would meet this one's."""
        wanted = normal(key)
        return next((other for other in self.actions if other.id != action.id and meets(other.where, action.where)
                     and wanted in map(normal, self.of(other))), None)  # fmt: skip

    def give(self, action: Action, keys: Iterable[str]) -> None:
        """Exactly these keys; whoever had one of them where it would meet this one loses it."""
        keys = tuple(normal(key) for key in keys)
        shortcuts = dict(self._settings["shortcuts"])
        for key in keys:
            while (other := self.against(action, key)) is not None:
                shortcuts[other.id] = [one for one in self.of(other) if normal(one) != key]
                self._settings["shortcuts"] = dict(shortcuts)
        shortcuts[action.id] = list(keys)
        self._settings["shortcuts"] = shortcuts

    def reset(self, action: Action) -> None:
        """The preset's keys again; where another action was given one of them, that one keeps it."""
        self._settings["shortcuts"] = {one: keys for one, keys in self._settings["shortcuts"].items()
                                       if one != action.id}  # fmt: skip
        free = [key for key in self.of(action) if self.against(action, key) is None]
        if tuple(free) != self.of(action):
            self._settings["shortcuts"] = {**self._settings["shortcuts"], action.id: free}

    def reset_all(self) -> None:
        self._settings["shortcuts"] = {}

    def choose_preset(self, name: str) -> None:
        self._settings["shortcut_preset"] = name

    @property
    def preset(self) -> str:
        return str(self._settings["shortcut_preset"])

    def _heard(self, key: str) -> None:
        if key == "shortcut_preset":
            self._preset = read_preset(self._folder / f"{self._settings['shortcut_preset']}.toml")
        if key in ("shortcut_preset", "shortcuts"):
            self.changed.emit()


def read_preset(file: Path) -> Mapping[str, tuple[str, ...]]:
    """Keys by action id, of the actions that differ from the program's own. `default` has no file of its own."""
    if not file.is_file():
        return {}
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return {action: tuple(keys) for action, keys in content["keys"].items()}


def normal(key: str) -> str:
    """One way of writing each key: `ctrl+z` as `Ctrl+Z`; empty for what is no key."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def meets(one: str, other: str) -> bool:
    """Whether a key pressed in one place may reach both: in the same panel, or where one works anywhere."""
    return one == other or not one or not other
