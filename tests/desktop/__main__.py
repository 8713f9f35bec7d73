"""`python -m tests.desktop [WALK ...]`: every walk, or those named. 0: all of them went through."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.desktop import by_keyboard, by_mouse, by_reference, killed, long_texts, names, panels
from tests.desktop.person import Person
from tests.desktop.screen import PACKAGES, Screen, missing

WALKS: Mapping[str, Callable[[Person], None]] = {
    "mouse": by_mouse.walk, "keyboard": by_keyboard.walk, "panels": panels.walk, "names": names.walk,
    "long-texts": long_texts.walk, "killed": killed.walk, "reference": by_reference.walk,
}  # fmt: skip
FIRST_SCREEN = 87


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.desktop", description="Walks through the window.")
    parser.add_argument("walks", nargs="*", metavar="WALK", help=f"some of: {', '.join(WALKS)}")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave pictures, logs and films there")
    given = parser.parse_args()
    unknown = set(given.walks) - set(WALKS)
    if unknown:
        parser.error(f"no such walk: {', '.join(sorted(unknown))}")
    gone = missing()
    if gone:
        print(f"missing: {', '.join(gone)}, install: {PACKAGES}", file=sys.stderr)
        return 1
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ:  # a bus of its own, which ends with it
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, "-m", "tests.desktop", *sys.argv[1:]])
    return walk_all(given.walks or list(WALKS), given.keep)


def walk_all(walks: list[str], keep: Path | None) -> int:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="shotwright-walk-", dir=keep))
    failed = [name for number, name in enumerate(walks) if not walk_one(name, place / name, FIRST_SCREEN + number)]
    if failed:
        print(f"not through: {', '.join(failed)}; pictures and logs are in {place}")
        return 1
    if keep is None:
        shutil.rmtree(place)
    print("all of them went through")
    return 0


def walk_one(name: str, place: Path, number: int) -> bool:
    place.mkdir()
    print(name, flush=True)
    began = time.monotonic()
    try:
        with Screen(place, number=number) as screen:
            try:
                WALKS[name](Person(screen))
            except BaseException:
                screen.picture("end")
                raise
    except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"  {type(error).__name__}: {error}" if isinstance(error, AssertionError) else traceback.format_exc())
        print(f"  not through after {time.monotonic() - began:.0f} s", flush=True)
        return False
    print(f"  through in {time.monotonic() - began:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
