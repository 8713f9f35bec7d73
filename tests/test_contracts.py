"""The floors of the architecture: imports point down, and the window opens without torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_every_import_contract_is_kept() -> None:
    lint = python("-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))")
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_no_widgets_below_the_window() -> None:
    """import-linter knows packages of others by their top name only, so the modules of Qt are read here."""
    floors = ("generation", "runtime", "interchange", "project")
    sources = [path for floor in floors for path in (ROOT / "studio" / floor).rglob("*.py")] + [
        ROOT / "studio" / "open_project.py"
    ]
    assert len(sources) > 20
    assert [str(path) for path in sources if "QtWidgets" in path.read_text()] == []


def test_the_window_opens_without_torch() -> None:
    code = (
        "import sys, studio.app, studio.ui.main_window\n"
        "print([m for m in ('torch', 'diffusers', 'cv2') if m in sys.modules])"
    )
    fresh = python("-c", code)
    assert fresh.stdout.strip() == "[]", fresh.stdout + fresh.stderr


def test_importing_the_packages_does_nothing() -> None:
    watched = "('PySide6', 'sqlalchemy', 'numpy')"
    code = f"import studio, model_runtime, sys; print([m for m in {watched} if m in sys.modules])"
    fresh = python("-c", code)
    assert fresh.stdout.strip() == "[]", fresh.stdout + fresh.stderr
