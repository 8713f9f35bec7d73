"""Every setting of the program, declared once: type, default, title, help, limits; loaded and saved as one file.

A setting belongs to the person and the machine, never to a film. One without a title is remembered by itself (a
window's layout, the films opened last) and has no place in the preferences.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from model_runtime import safe_files
from studio.errors import BadValue

log = logging.getLogger(__name__)

RECENT_KEPT = 10
LAYOUT_BYTES = 1 << 18


@dataclass(frozen=True)
class Setting:
    key: str
    default: Any
    title: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    @property
    def kind(self) -> type:
        return type(self.default)

    def _of_its_kind(self, value: Any) -> bool:
        """Exactly its type: True is no number."""
        return type(value) is self.kind

    def checked(self, value: Any) -> Any:
        """`value` where this setting may have it; BadValue otherwise."""
        if not self._of_its_kind(value):
            raise BadValue(f"The setting {self.key} cannot be {value!r}.", f"It takes {self.kind.__name__} values.")
        if self.choices and value not in self.choices:
            raise BadValue(f"The setting {self.key} cannot be {value!r}.", f"It is one of {', '.join(self.choices)}.")
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            raise BadValue(f"The setting {self.key} cannot be {value}.", f"It lies from {self.low} to {self.high}.")
        return value


DECLARED: Mapping[str, Setting] = {
    one.key: one
    for one in (
        Setting("engine", "sketch", "Engine", "What draws a shot when nothing else is chosen.", ("sketch", "slate")),
        Setting("takes", 1, "Takes at once", "How many takes one Generate asks for.", low=1, high=16),
        Setting("loop", False, "Loop playback", "The viewer begins again at the end of the shot or the cut."),
        Setting("recent_films", [], help="Folders of the films opened last, newest first."),
        Setting("layouts", {}, help="Places and sizes of windows and docks by name, in base64."),
    )
}


def file() -> Path:
    return Path(platformdirs.user_config_path("shotwright", appauthor=False)) / "settings.json"


class Settings:
    """The settings of one person. Reading never fails: a broken file or value counts as the default."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or file()
        self._values: dict[str, Any] = _read(self.path)

    def __getitem__(self, key: str) -> Any:
        value = self._values.get(key, DECLARED[key].default)
        return type(value)(value) if isinstance(value, (list, dict)) else value

    def __setitem__(self, key: str, value: Any) -> None:
        """Checked and saved at once. BadValue where the setting may not have that value."""
        checked = DECLARED[key].checked(value)
        if self[key] != checked:
            self._values[key] = checked
            self._save()

    def layout(self, name: str) -> bytes:
        """What `keep_layout` was given last under this name; empty where nothing was kept."""
        try:
            return base64.b64decode(self["layouts"].get(name, ""), validate=True)
        except (binascii.Error, TypeError, ValueError):
            return b""

    def keep_layout(self, name: str, state: bytes) -> None:
        """Remember a window's geometry or dock state (Qt's saveGeometry, saveState)."""
        if len(state) > LAYOUT_BYTES:
            raise BadValue(f"The layout {name} is {len(state)} bytes long.", f"At most {LAYOUT_BYTES} are kept.")
        self["layouts"] = {**self["layouts"], name: base64.b64encode(state).decode()}

    def recent_films(self) -> list[Path]:
        """Folders of the films opened last, newest first; those that are gone are left out."""
        return [path for path in map(Path, self["recent_films"]) if (path / "project.sqlite").is_file()]

    def remember_film(self, folder: Path) -> None:
        newest = str(folder.resolve())
        self["recent_films"] = [newest, *(one for one in self["recent_films"] if one != newest)][:RECENT_KEPT]

    def _save(self) -> None:
        """A settings folder that cannot be written costs the memory of this change, never the work."""
        try:
            safe_files.make_folder(self.path.parent)
            safe_files.write_text(self.path, json.dumps(self._values, indent=2, sort_keys=True) + "\n")
        except OSError as error:
            log.warning("the settings were not saved: %s", error)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("the settings in %s cannot be read: %s", path, error)
        return {}
    if not isinstance(content, dict):
        return {}
    return {key: content[key] for key in DECLARED if key in content and _usable(DECLARED[key], content[key])}


def _usable(setting: Setting, value: Any) -> bool:
    try:
        setting.checked(value)
    except BadValue as error:
        log.warning("a setting is left at its default: %s", error)
        return False
    return all(isinstance(one, str) for one in value) if isinstance(value, list) else True
