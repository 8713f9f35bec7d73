"""`python -m tests.continuity measure [cache]` prints the figures; `learn FOLDER` teaches the recogniser anew."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2

from tests.continuity import clips, report


def main(arguments: list[str]) -> None:
    cv2.setNumThreads(1)
    match arguments:
        case ["measure", *rest]:
            print(report.report(Path(rest[0]) if rest else Path("runs") / "continuity"))
        case ["learn", folder]:
            # torch is asked for only here
            from tests.continuity.learning import learn

            learn(clips.WEIGHTS, Path(folder))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
