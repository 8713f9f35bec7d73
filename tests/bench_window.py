"""How fast the window is: `python -m tests.bench_window [part ...] [--json FILE]`, a script and no timed test.

Each part runs in a process of its own and prints what it measured beside what is asked for. The film of 10,000 shots
and 50,000 takes is made once and kept in the temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests import bench_parts

PARTS = tuple(bench_parts.PARTS)


@dataclass(frozen=True)
class Figure:
    part: str
    what: str
    value: float
    unit: str
    bar: float | None
    """At most this; for frames a second at least; None where nothing is asked."""

    @property
    def met(self) -> bool | None:
        if self.bar is None:
            return None
        return self.value >= self.bar if self.unit == "fps" else self.value <= self.bar


def measure(part: str) -> list[Figure]:
    """Run one part in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench_parts", part], capture_output=True, text=True,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ}, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{part} failed:\n{done.stderr[-4000:]}")
    return [Figure(part, **one) for one in json.loads(done.stdout.splitlines()[-1])]


def table(figures: list[Figure]) -> str:
    rows = [("part", "figure", "measured", "asked", "")]
    for one in figures:
        asked = "" if one.bar is None else f"{'≥' if one.unit == 'fps' else '≤'} {one.bar:g}"
        rows.append((one.part, one.what, f"{one.value:.1f} {one.unit}", asked, {True: "ok", False: "missed"}.get(
            one.met, "")))  # type: ignore[arg-type]
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in rows)


def machine() -> dict[str, object]:
    return {"cpus": os.cpu_count(), "system": platform.platform(), "python": platform.python_version(),
            "load": round(os.getloadavg()[0], 2)}


def main() -> None:
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"of {', '.join(PARTS)}; all by default")
    wishes.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = wishes.parse_args()
    figures: list[Figure] = []
    for part in given.parts or PARTS:
        figures += measure(part)
        print(f"{part} done", file=sys.stderr)
    print(table(figures))
    if given.json:
        content = {"machine": machine(), "figures": [asdict(one) | {"met": one.met} for one in figures]}
        given.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
