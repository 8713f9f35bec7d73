"""Makes .venv ready for `make run` and `make test`: system libraries, packages at tested versions, nothing twice.

Standard library only: it runs on the Python that happens to be on a fresh machine.
"""

from __future__ import annotations

import argparse
import ctypes.util
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"

# One library for each package that a bare machine was seen to lack; asked of the loader, not of the package manager.
PROBES = ("EGL", "GL", "glib-2.0", "fontconfig", "xkbcommon", "dbus-1", "xcb-cursor", "xcb-icccm", "xcb-keysyms",
          "xcb-image", "xcb-randr", "xcb-render-util", "xcb-shape", "xcb-sync", "xcb-xfixes", "xcb-xkb",
          "xkbcommon-x11", "X11-xcb")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--test", action="store_true", help="install what the tests need as well")
    test = parser.parse_args().test
    if sys.version_info < (3, 11):
        print(f"Shotwright needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
              "Install a newer one and run: make PYTHON=python3.12 run", file=sys.stderr)
        return 1
    install_system_libraries()
    return install_packages(test)


def system_packages() -> list[str]:
    lines = (ROOT / "packaging" / "system-packages.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def install_system_libraries() -> None:
    """Installs what Qt needs where that is allowed; otherwise prints the one line to type and goes on."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in PROBES if ctypes.util.find_library(name) is None]
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *system_packages()]
    line = "sudo apt-get update && sudo " + " ".join(install)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    prefix = [] if root else ["sudo", "-n"]
    allowed = root or (shutil.which("sudo") and not run_quietly(["sudo", "-n", "true"]))
    if not shutil.which("apt-get") or not allowed:
        print(f"Qt needs system libraries that are missing here ({', '.join(missing)}). "
              f"Install them and run the command again; on Debian or Ubuntu:\n  {line}")
        return
    print(f"Installing system libraries that Qt needs ({len(missing)} missing) ...", flush=True)
    if run_quietly([*prefix, "apt-get", "update"]) or run_quietly([*prefix, *install]):
        print(f"The system libraries could not be installed. Type this line, then run the command again:\n  {line}")


def run_quietly(command: list[str]) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment).returncode


def install_packages(test: bool) -> int:
    stamp = ENVIRONMENT / (".shotwright-test" if test else ".shotwright")
    wanted = fingerprint()
    if any(read(one) == wanted for one in (stamp, ENVIRONMENT / ".shotwright-test")):
        return 0
    started = time.monotonic()
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    warn_of_a_large_torch()
    print("Installing packages (once; some minutes) ...", flush=True)
    target = f"{ROOT}[test]" if test else str(ROOT)
    done = subprocess.run([*pip("install"), "-q", "-c", str(CONSTRAINTS), "-e", target])
    if done.returncode:
        print("The packages could not be installed; pip's own words are above.", file=sys.stderr)
        return done.returncode
    stamp.write_text(wanted)
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)
    return 0


def pip(verb: str) -> list[str]:
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", verb]


def fingerprint() -> str:
    """Changes when the packages asked for do, so that an old .venv is brought up to date by itself."""
    content = (ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def warn_of_a_large_torch() -> None:
    """Says so before gigabytes are fetched: torch's ordinary Linux build brings the whole CUDA stack."""
    torch = next(line for line in CONSTRAINTS.read_text().splitlines() if line.startswith("torch=="))
    if subprocess.run([str(PYTHON), "-c", "import torch"], stderr=subprocess.DEVNULL).returncode == 0:
        return
    asked = subprocess.run([*pip("install"), "-q", "--dry-run", "--no-deps", "--report", "-", torch],
                           capture_output=True, text=True)
    found = json.loads(asked.stdout)["install"] if asked.returncode == 0 else []
    small = any("cpu" in one["metadata"]["version"] for one in found)
    if sys.platform.startswith("linux") and found and not small:
        print("pip found torch's ordinary Linux build: with its GPU libraries that is several gigabytes.\n"
              "The README says how to choose a CPU-only or another GPU build instead.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
