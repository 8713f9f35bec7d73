"""Keys of prompt writers: in the system's keyring, or where there is none in a file only the user may read.

The runtime reads them here by the writer's id, and the studio stores them here, so that no key is ever in a message, a
film, a log or a trace. `keyring` is imported when a key is asked for: it looks for desktop services.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs

from model_runtime import safe_files

log = logging.getLogger(__name__)

SERVICE = "shotwright"
FILE = "keys.json"
OWNER_ONLY = 0o600
LONGEST = 8192
NO_KEYRING = "There is no system keyring here"

_file_lock = threading.Lock()


class BadKey(ValueError):
    """What was given cannot be a key. Carries a sentence and a hint; never the key."""

    kind = "key"

    def __init__(self, sentence: str, hint: str = "Copy the key once more from the service's own page.") -> None:
        super().__init__(sentence)
        self.sentence, self.hint = sentence, hint


class NotForgotten(Exception):
    """The system keyring does not let go of a key. Carries a sentence and a hint; never the key."""

    sentence = "The system keyring does not let go of the key."
    hint = "Take it out with the keyring's own program: it is kept there under shotwright."


class Secret:
    """A key on its way to the service: shown by no repr, no trace and no message."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Secret()"

    def reveal(self) -> str:
        return self._text

    def hidden_in(self, text: str) -> str:
        """`text` with the key, wherever a service repeats it, taken out."""
        return text.replace(self._text, "…") if self._text else text


def read(writer: str) -> Secret:
    """The key of the prompt writer with this id; an empty one where none is kept. May wait for the user to unlock."""
    # What lies in the file is the newer one: whatever the keyring takes is dropped from it.
    return Secret(_of_file().get(writer, "") or _in_ring(_keyring(), writer))


def store(writer: str, key: str) -> str:
    """Keep the key for this writer and say where. An empty one is forgotten. Raises BadKey, NotForgotten, or
    OSError of the file."""
    checked = _checked(key)
    if not checked:
        forget(writer)
        return where()
    if _in_keyring(writer, checked):
        _drop_from_file(writer)
        return _keyring_words()
    with _file_lock:
        _write_file({**_of_file(), writer: checked})
    return _file_words("The system keyring does not take it" if _keyring() is not None else NO_KEYRING)


def forget(writer: str) -> None:
    """Take the key of this writer away from wherever it is kept. Raises NotForgotten, or OSError of the file."""
    _drop_from_file(writer)
    ring = _keyring()
    if _in_ring(ring, writer):
        _tried(lambda: ring.delete_password(SERVICE, writer))
        if _in_ring(ring, writer):
            raise NotForgotten(NotForgotten.sentence)


def where() -> str:
    """Where a key stored now would lie, as one sentence for the user."""
    return _keyring_words() if _keyring() is not None else _file_words(NO_KEYRING)


def file_path() -> Path:
    return Path(platformdirs.user_config_path("shotwright", appauthor=False)) / FILE


def _checked(key: str) -> str:
    text = key.strip()
    if len(text) > LONGEST:
        raise BadKey(f"A key has at most {LONGEST} characters; this one has {len(text)}.")
    if not text.isascii() or not text.isprintable() or " " in text:
        # It goes into a header line, whose writer would name it in its complaint.
        raise BadKey("The key has characters no key has: spaces inside, accents or line ends.")
    return text


# --- the system's keyring -----------------------------------------------------------------------------------------


def _keyring() -> Any:
    """The keyring of this desktop, or None where there is none that keeps anything."""

    def found() -> Any:
        import keyring

        ring = keyring.get_keyring()
        return ring if float(ring.priority) > 0 else None

    return _tried(found)


def _in_ring(ring: Any, writer: str) -> str:
    """The key the keyring has; empty where it has none, or is locked or broken."""
    return str(_tried(lambda: ring.get_password(SERVICE, writer)) or "") if ring is not None else ""


def _in_keyring(writer: str, key: str) -> bool:
    """Put the key into the keyring; whether it is there now."""
    ring = _keyring()
    if ring is None:
        return False
    _tried(lambda: ring.set_password(SERVICE, writer, key))
    # Some services accept and keep nothing.
    return _in_ring(ring, writer) == key


def _tried(act: Callable[[], Any]) -> Any:
    """What `act` gives; None where the desktop's service fails, in whatever way: there is the file as well."""
    try:
        return act()
    except Exception as error:  # noqa: BLE001 - backends raise what their desktop's library raises
        # The name alone: a library's message may repeat what it was given.
        log.warning("the system keyring fails: %s", type(error).__name__)
        return None


def _keyring_words() -> str:
    return "Keys are kept in the system keyring."


# --- the file -----------------------------------------------------------------------------------------------------


def _file_words(why: str) -> str:
    return f"{why}: keys are kept in {file_path()}, which only you may read."


def _of_file() -> dict[str, str]:
    try:
        content = json.loads(file_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(key) for name, key in content.items()} if isinstance(content, dict) else {}


def _drop_from_file(writer: str) -> None:
    with _file_lock:
        kept = _of_file()
        if kept.pop(writer, None) is not None:
            _write_file(kept)


def _write_file(kept: dict[str, str]) -> None:
    path = file_path()
    safe_files.make_folder(path.parent)
    with safe_files.open_new(path) as file:
        # Before the first byte: at no moment may somebody else read it.
        Path(file.name).chmod(OWNER_ONLY)
        file.write(json.dumps(kept, indent=2).encode())
