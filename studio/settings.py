"""Every setting of the program, declared once: type, default, title, help, limits; loaded and saved as one file.

A setting belongs to the person and the machine, never to a film. One without a title is remembered by itself (a
window's layout, the films opened last) and has no place in the preferences.
"""

from __future__ import annotations

import base64
import binascii
import getpass
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs

from model_runtime import safe_files
from studio.errors import BadValue

log = logging.getLogger(__name__)

RECENT_KEPT = 10
DRAWING, PLAYING, FILMS, KEYS, PEOPLE = "Drawing", "Playing", "Films", "Keys", "You"
"""Sections of the preferences."""
SECTIONS = (FILMS, DRAWING, PLAYING, KEYS, PEOPLE)
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
    section: str = ""
    """The heading it stands under in the preferences."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What a choice is called on screen, where its own word will not do."""
    unit: str = ""
    holds: type = str
    """What a list holds."""
    path: str = ""
    """`folder` or `program` where the text names one: the preferences offer to look for it."""

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
        Setting("engine", "sketch", "Engine", "What draws a shot when nothing else is chosen.", ("sketch", "slate"),
                section=DRAWING, words={"sketch": "Sketch", "slate": "Missing-shot cards only"}),
        Setting("takes", 1, "Takes at once", "How many takes one Generate asks for.", low=1, high=16, section=DRAWING),
        Setting("expander", "grammar", help="Who writes the longer prompt: grammar, or the id of a prompt writer."),
        Setting("prompt_writers", [], help="Prompt writers the user set up; their keys are in the keyring, never here.",
                holds=dict),
        Setting("drawing_program", "", "Drawing program",
                "Opens a panel for Edit in…; without one, what this desktop opens pictures with.", section=DRAWING,
                path="program"),
        Setting("loop", False, "Loop playback", "The viewer begins again at the end of the shot or the cut.",
                section=PLAYING),
        Setting("volume", 100, "Volume", "How loud the cut plays.", low=0, high=100, section=PLAYING, unit="%"),
        Setting("muted", False, "Mute", "The cut plays without sound.", section=PLAYING),
        Setting("author", "", "Your name", "Stands beside the notes you write; empty: the name of this account.",
                section=PEOPLE),
        Setting("films_folder", "", "Folder for new films",
                "Where new films and copies of examples go unless you say otherwise; empty: Shotwright in your home.",
                section=FILMS, path="folder"),
        Setting("opens_last", False, "Begin with the film opened last",
                "Starting without a film opens the last one; otherwise the start screen.", section=FILMS),
        Setting("shortcut_preset", "default", "Keys",
                "Whose keys the commands have; single keys are changed under Keyboard shortcuts.",
                ("default", "premiere", "resolve", "final-cut", "avid"), section=KEYS,
                words={"default": "Shotwright", "premiere": "Premiere Pro", "resolve": "DaVinci Resolve",
                       "final-cut": "Final Cut Pro", "avid": "Media Composer"}),
        Setting("shortcuts", {}, help="Keys the user gave an action, by its id: a list of key sequences."),
        Setting("storyboard_view", "board", help="The view of the storyboard shown last.",
                choices=("board", "timeline")),
        Setting("overlays", {}, help="What the viewer shows over the picture, by name."),
        Setting("screening_display", "", help="Name of the display the screening was on last."),
        Setting("recent_films", [], help="Folders of the films opened last, newest first."),
        Setting("opened_at", {}, help="When each of those was opened last, in ISO 8601."),
        Setting("recent_actions", [], help="Ids of the commands run from the palette, newest first."),
        Setting("layout", "board", help="Which layout the window had last."),
        Setting("saved_layouts", {}, help="Layouts saved under a name, with the layout each began as."),
        Setting("layouts", {}, help="Places and sizes of windows and docks by name, in base64."),
        Setting("crashes_seen", "", help="Name of the newest crash file that was offered."),
    )
}


def file() -> Path:
    return Path(platformdirs.user_config_path("shotwright", appauthor=False)) / "settings.json"


class Settings:
    """The settings of one person. Reading never fails: a broken file or value counts as the default."""

    heard: list[Callable[[str], None]]
    """Called with the key of a setting that was changed; those who listen take themselves out again."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or file()
        self._values: dict[str, Any] = _read(self.path)
        self.heard = []

    def __getitem__(self, key: str) -> Any:
        value = self._values.get(key, DECLARED[key].default)
        return type(value)(value) if isinstance(value, (list, dict)) else value

    def __setitem__(self, key: str, value: Any) -> None:
        """Checked and saved at once. BadValue where the setting may not have that value."""
        checked = DECLARED[key].checked(value)
        if self[key] != checked:
            self._values[key] = checked
            self._save()
            for hear in tuple(self.heard):
                hear(key)

    def put_back(self, key: str) -> None:
        """Give a setting its default again."""
        self[key] = DECLARED[key].default

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

    def forget_layout(self, name: str) -> None:
        self["layouts"] = {one: state for one, state in self["layouts"].items() if one != name}

    def recent_films(self) -> list[Path]:
        """Folders of the films opened last, newest first; those that are gone are left out."""
        return [path for path in map(Path, self["recent_films"]) if (path / "project.sqlite").is_file()]

    def remember_film(self, folder: Path) -> None:
        newest = str(folder.resolve())
        films = [newest, *(one for one in self["recent_films"] if one != newest)][:RECENT_KEPT]
        opened = {**self["opened_at"], newest: datetime.now(UTC).isoformat(timespec="seconds")}
        self["recent_films"] = films
        self["opened_at"] = {one: opened[one] for one in films if one in opened}

    def forget_film(self, folder: Path) -> None:
        """Take it off the list of recent films; the film itself is left alone."""
        self["recent_films"] = [one for one in self["recent_films"] if one != str(folder)]

    def opened_at(self, folder: Path) -> datetime | None:
        try:
            return datetime.fromisoformat(self["opened_at"].get(str(folder), ""))
        except (TypeError, ValueError):
            return None

    def films_folder(self) -> Path:
        """Where new films go unless the user says otherwise. It may not exist yet."""
        return Path(self["films_folder"]).expanduser() if self["films_folder"] else Path.home() / "Shotwright"

    def author(self) -> str:
        """Whose name stands beside a note."""
        if self["author"].strip():
            return str(self["author"]).strip()
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "You"

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
    return all(isinstance(one, setting.holds) for one in value) if isinstance(value, list) else True
