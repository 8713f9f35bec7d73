"""Starts the command line: `shotwright`, or `python -m studio`."""

from __future__ import annotations

import sys


def main() -> None:
    from studio.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
