"""A screen of its own with a window manager, a mouse, a keyboard and a screen reader's view of the program on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

NEEDED = {
    "Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "import": "imagemagick",
    "dbus-run-session": "dbus", "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}  # fmt: skip
SYSTEM_PYTHON = "/usr/bin/python3"
READER = Path(__file__).with_name("tree_reader.py")
PACKAGES = "xvfb openbox xdotool imagemagick at-spi2-core dbus-x11 python3-pyatspi gir1.2-atspi-2.0"


def missing() -> list[str]:
    """Programs this needs and the machine lacks."""
    gone = [name for name in NEEDED if shutil.which(name) is None]
    reads = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return gone + (["pyatspi"] if reads.returncode else [])


@dataclass(frozen=True)
class Node:
    """Something on the screen, as a screen reader finds it."""

    role: str
    name: str
    label: str
    """What is bound to a field as its label; empty for everything else."""
    text: str
    box: tuple[int, int, int, int]
    states: frozenset[str]

    def is_called(self, name: str) -> bool:
        """Whether its name, or its label, begins with `name`."""
        return self.name.startswith(name) or (bool(self.label) and self.label.startswith(name))

    @property
    def centre(self) -> tuple[int, int]:
        left, top, width, height = self.box
        return left + width // 2, top + height // 2


class NotOnScreen(AssertionError):
    pass


class Screen:
    """`with Screen(...) as screen:` inside `dbus-run-session`; counts what the hands do."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1600, 1000), number: int = 87) -> None:
        self.folder, self.size = folder, size
        self.clicks = self.keys = 0
        self._display = f":{number}"
        self._programs: list[subprocess.Popen[Any]] = []
        self._reader: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        private = self.folder / "run"
        private.mkdir(mode=0o700, exist_ok=True)
        return {
            **os.environ, "DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "XDG_RUNTIME_DIR": str(private), "XDG_CONFIG_HOME": "",
            "XDG_CACHE_HOME": "", "XDG_DATA_HOME": "", "NO_AT_BRIDGE": "0",
        }  # fmt: skip

    def __enter__(self) -> Screen:
        width, height = self.size
        self._start("Xvfb", self._display, "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset")
        self._wait(lambda: self._run("xdotool", "getmouselocation") is not None, 10, "the screen")
        self._start("openbox")
        self._wait(lambda: self._run("xdotool", "get_num_desktops") is not None, 10, "the window manager")
        self._start("/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
        time.sleep(0.5)
        self._reader = subprocess.Popen(
            [SYSTEM_PYTHON, str(READER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=self.environment, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for program in reversed([*self._programs, *([self._reader] if self._reader else [])]):
            program.terminate()
        for program in self._programs:
            program.wait(10)

    def start(self, *command: str) -> subprocess.Popen[Any]:
        """A program on this screen."""
        return self._start(*command)

    # --- looking ---

    def nodes(self, app: str = "shotwright") -> list[Node]:
        found: list[Mapping[str, Any]] = self._read({"app": app})
        return [Node(one["role"], one["name"], one["label"], one["text"], tuple(one["box"]), frozenset(one["states"]))
                for one in found]  # fmt: skip

    def seconds_to_answer(self, app: str = "shotwright") -> float:
        """How long the program takes to say the names of its windows: it does so between two events of its own."""
        began = time.monotonic()
        self._read({"app": app, "ask": True})
        return time.monotonic() - began

    def _read(self, request: Mapping[str, object]) -> Any:
        assert self._reader is not None and self._reader.stdin and self._reader.stdout
        self._reader.stdin.write(json.dumps(request) + "\n")
        self._reader.stdin.flush()
        return json.loads(self._reader.stdout.readline())

    def find(self, name: str, role: str = "", seconds: float = 15) -> Node:
        """What is called `name` (the beginning of its name is enough), once it is there."""
        found: list[Node] = []

        def there() -> bool:
            found[:] = [node for node in self.nodes() if node.is_called(name) and role in node.role
                        and node.box[2] > 0]  # fmt: skip
            found.sort(key=lambda node: name not in (node.name, node.label))
            return bool(found)

        self._wait(there, seconds, f"{role or 'something'} called {name!r}")
        return found[0]

    def until(self, so: Callable[[], bool], seconds: float, what: str) -> None:
        self._wait(so, seconds, what)

    def picture(self, name: str) -> Path:
        file = self.folder / f"{name}.png"
        self._run("import", "-window", "root", str(file))
        return file

    # --- hands ---

    def click(self, name: str, role: str = "", *, button: int = 1, times: int = 1) -> None:
        self.click_at(*self.find(name, role).centre, button=button, times=times)

    def click_at(self, x: int, y: int, *, button: int = 1, times: int = 1) -> None:
        self.clicks += times
        self._run("xdotool", "mousemove", str(x), str(y))
        time.sleep(0.05)
        self._run("xdotool", "click", "--repeat", str(times), "--delay", "80", str(button))
        time.sleep(0.15)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.clicks += 1
        self._run("xdotool", "mousemove", *map(str, start), "mousedown", "1")
        for part in range(1, 11):
            x, y = (round(a + (b - a) * part / 10) for a, b in zip(start, end, strict=True))
            self._run("xdotool", "mousemove", str(x), str(y))
            time.sleep(0.03)
        self._run("xdotool", "mouseup", "1")
        time.sleep(0.2)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self._run("xdotool", "type", "--delay", "12", text)
        time.sleep(0.1)

    def key(self, *keys: str) -> None:
        """Keys as xdotool writes them: `ctrl+Return`, `n`."""
        for one in keys:
            self.press(one)
            time.sleep(0.12)

    def press(self, key: str) -> None:
        """The same for one key, without a rest: what the program does about it has only begun."""
        self.keys += 1
        self._run("xdotool", "key", "--clearmodifiers", key)

    # --- programs ---

    def _start(self, *command: str) -> subprocess.Popen[Any]:
        log = (self.folder / f"{Path(command[0]).name}.log").open("ab")
        program = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self._programs.append(program)
        return program

    def _run(self, *command: str) -> str | None:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else None

    def _wait(self, so: Callable[[], bool], seconds: float, what: str) -> None:
        until = time.monotonic() + seconds
        while not so():
            if time.monotonic() > until:
                self.picture("not-on-screen")
                raise NotOnScreen(f"{what} was not on the screen within {seconds:g} s; see not-on-screen.png")
            time.sleep(0.2)


def shotwright() -> str:
    """The program of this environment."""
    return str(Path(sys.executable).parent / "shotwright")
