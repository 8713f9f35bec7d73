"""What holds for every test: Qt without a screen, settings in a temporary place, nothing stray left behind."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt or asks for a settings folder.
HOME = Path(tempfile.mkdtemp(prefix="shotwright-tests-"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in ("CONFIG", "CACHE", "DATA", "STATE"):
    os.environ[f"XDG_{name}_HOME"] = str(HOME / name.lower())
os.environ["XDG_RUNTIME_DIR"] = str(HOME)
HOME.chmod(0o700)

import pytest  # noqa: E402

THREADS_MAY_TAKE_S = 5.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A Qt warning fails the test it came in, unless the test says otherwise."""
    for item in items:
        if not any(item.iter_markers("qt_log_level_fail")):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


def _threads() -> set[threading.Thread]:
    # A thread Qt made shows up as a dummy once Python code ran on it, and never goes away again.
    return {one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)}


@pytest.fixture(autouse=True)
def no_open_threads() -> Iterator[None]:
    """A thread the test began must have ended, or end at once."""
    before = _threads()
    yield
    until = time.monotonic() + THREADS_MAY_TAKE_S
    for one in _threads() - before:
        one.join(max(0.0, until - time.monotonic()))
    left = [one.name for one in _threads() - before if one.is_alive()]
    assert not left, f"threads left running by the test: {left}"


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts without settings, caches and measured times of another."""
    folder = tmp_path_factory.mktemp("user", numbered=True)
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """What a test printed or logged may hold a file name that is no text; a report must be text to be handed on."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report


ENDED = pytest.StashKey[pytest.Session]()


def pytest_sessionfinish(session: pytest.Session) -> None:
    session.config.stash[ENDED] = session


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends the process with the verdict once everything is told, without taking Python down.

    At the end of the interpreter the wrappers of many hundred windows go in no order, and Qt's bindings crash on it:
    every test was passed, and the run counted as failed. That the program itself ends well is a test of its own, in a
    process of its own (tests/whole/test_ending.py).
    """
    shutil.rmtree(HOME, ignore_errors=True)
    if ENDED in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(config.stash[ENDED].exitstatus))
