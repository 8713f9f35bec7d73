"""The commands about this machine: engines, doctor."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from studio import log, settings
from studio.cli.talk import as_json, say, say_columns, say_json

PACKAGES = ("shotwright", "PySide6-Essentials", "SQLAlchemy", "alembic", "torch", "diffusers", "safetensors", "numpy",
            "pillow", "av", "imageio-ffmpeg", "opencv-python-headless", "OpenTimelineIO", "click", "rich")
RUNTIME_STARTS_WITHIN_S = 60
PROBE_WITHIN_S = 120

# Asked of a child, because the studio itself never loads torch.
DEVICES = """
import json, torch
cuda = [torch.cuda.get_device_properties(n) for n in range(torch.cuda.device_count())]
found = [{"device": f"cuda:{n}", "name": one.name, "memory": one.total_memory} for n, one in enumerate(cuda)]
if getattr(torch.backends, "mps", None) and torch.backends.mps.is_available():
    found.append({"device": "mps", "name": "Apple GPU", "memory": 0})
print(json.dumps(found + [{"device": "cpu", "name": f"{torch.get_num_threads()} threads", "memory": 0}]))
"""


def version_of(package: str) -> str:
    """The installed version; empty where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


@click.command()
@as_json
def engines(as_json: bool) -> None:
    """List the engines: what each can take, and whether it runs on this machine."""
    from studio import app

    found = app.engines(RUNTIME_STARTS_WITHIN_S)
    if as_json:
        say_json([dataclasses.asdict(one) for one in found])
        return
    rows = [(one.id, one.title, ", ".join(one.tasks), _size(one.width, one.height),
             max(one.frames) if one.frames else "any", one.references,
             "yes" if one.available else f"no: {one.reason} {one.hint}") for one in found]
    say_columns(("engine", "title", "tasks", "draws", "most drawings", "references", "runs here"), rows)


def _size(width: int, height: int) -> str:
    return f"{width}x{height}" if width else "the film's size"


@click.command()
@as_json
def doctor(as_json: bool) -> None:
    """Report versions, devices, memory and missing system parts."""
    report = examination()
    if as_json:
        say_json(report)
        return
    for name, version in report["versions"].items():
        say(f"{name:24} {version or 'not installed'}")
    for device in report["devices"]:
        say(f"{'device ' + device['device']:24} {device['name']}{_in_gigabytes(device['memory'])}")
    for problem in report["problems"]:
        say(f"problem: {problem}")
    memory = report["memory"]
    say(f"{'memory':24} {memory['total'] / 1e9:.1f} GB, {memory['available'] / 1e9:.1f} GB free")
    say(f"{'log':24} {report['log']}")
    say(f"{'settings':24} {report['settings']}")
    say("All system parts are there." if not report["missing"] else
        f"Missing system parts: {', '.join(report['missing'])}.")
    if report["install"]:
        say(f"Install them with: {report['install']}")


def _in_gigabytes(memory: int) -> str:
    return f", {memory / 1e9:.0f} GB" if memory else ""


def examination() -> dict[str, Any]:
    """The whole report, as JSON shows it."""
    devices, problem = _devices()
    missing = missing_libraries(qt_files()) if sys.platform.startswith("linux") else []
    return {
        "versions": {"python": platform.python_version(), **{name: version_of(name) for name in PACKAGES}},
        "system": platform.platform(),
        "devices": devices,
        "problems": [problem] if problem else [],
        "memory": memory(),
        "missing": missing,
        "install": install_line(missing),
        "log": str(log.folder()),
        "settings": str(settings.file()),
    }


def _devices() -> tuple[list[dict[str, Any]], str]:
    """What torch can draw on, and what keeps it from being loaded."""
    command = [sys.executable, "-P", "-c", DEVICES]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_WITHIN_S)
    except subprocess.TimeoutExpired:
        return [], f"torch did not answer within {PROBE_WITHIN_S} s."
    if asked.returncode:
        last = asked.stderr.strip().splitlines()[-1:] or [f"status {asked.returncode}"]
        return [], f"torch cannot be loaded: {last[0]}"
    found: list[dict[str, Any]] = json.loads(asked.stdout.splitlines()[-1])
    return found, ""


def memory() -> dict[str, int]:
    """Bytes of main memory: total and available; 0 where the system does not say."""
    if not hasattr(os, "sysconf"):
        return {"total": 0, "available": 0}
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    meminfo = Path("/proc/meminfo")
    found = re.search(r"MemAvailable:\s+(\d+) kB", meminfo.read_text()) if meminfo.exists() else None
    return {"total": total, "available": int(found[1]) * 1024 if found else 0}


# --- system libraries ------------------------------------------------------------------------------------------


def qt_files() -> list[Path]:
    """The files of Qt the window cannot do without: widgets, and the platform plugins that are there."""
    import PySide6

    qt = Path(PySide6.__file__).parent / "Qt"
    plugins = [qt / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "offscreen")]
    return [path for path in [*sorted((qt / "lib").glob("libQt6Widgets.so.*")), *plugins] if path.exists()]


def missing_libraries(files: Iterable[Path]) -> list[str]:
    """Names of shared libraries that the loader does not find for these files."""
    ldd = shutil.which("ldd")
    if ldd is None:
        return []
    found: set[str] = set()
    for file in files:
        said = subprocess.run([ldd, str(file)], capture_output=True, text=True).stdout
        found |= set(re.findall(r"^\s*(\S+) => not found", said, re.MULTILINE))
    return sorted(found)


def install_line(libraries: Iterable[str]) -> str:
    """The line that installs these libraries on Debian and Ubuntu; empty where nothing is missing."""
    packages = sorted({debian_package(one) for one in libraries})
    return f"sudo apt-get install -y {' '.join(packages)}" if packages else ""


def debian_package(library: str) -> str:
    """`libxcb-cursor.so.0` as `libxcb-cursor0`, `libxkbcommon-x11.so.0` as `libxkbcommon-x11-0` (Debian Policy 8.1)."""
    name, _, version = library.lower().partition(".so")
    number = version.strip(".").split(".")[0]
    dash = "-" if number and name[-1].isdigit() else ""
    return f"{name.replace('glib-', 'glib').replace('_', '-')}{dash}{number}"
