"""Starts a runtime: keeps the standard streams for the wire alone, then serves until the input ends."""

from __future__ import annotations

import argparse
import logging
import os
import sys


def claim_wire() -> tuple[int, int]:
    """(read from, write to): private copies of descriptors 0 and 1, which children do not inherit.

    Descriptor 0 becomes the null device and 1 the log, so that no library's print or read can damage the wire.
    """
    read_from, write_to = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return read_from, write_to


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m model_runtime", description=__doc__)
    parser.add_argument("--serve", choices=("frames", "words"), required=True, help="what this process makes")
    chosen = parser.parse_args(arguments)
    read_from, write_to = claim_wire()
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format=f"%(asctime)s {chosen.serve} %(name)s %(levelname)s %(message)s"
    )
    # Late, so that `--help` and a wrong call cost nothing.
    from model_runtime.server import Server

    return Server(chosen.serve, read_from, write_to).serve()


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # Threads of native libraries may hang in their own clean-up; everything of ours is on the disk by now.
    os._exit(status)
