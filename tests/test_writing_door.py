"""Our code opens files for writing through safe_files alone; whatever else writes is named here with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path
    for folder in ("studio", "model_runtime")
    for path in (ROOT / folder).rglob("*.py")
    if "stage" not in path.parts and "training" not in path.parts
)
"""Stage and training run from the repository, never in a film or job folder."""

DOOR = "model_runtime/safe_files.py"
ALLOWED = {
    "model_runtime/__main__.py": {"os.open": "the null device, for reading"},
    "model_runtime/expanders/pictures.py": {"Image.save": "a picture for a prompt writer, into memory"},
    "model_runtime/frames.py": {
        "Image.save": "into memory",
        "TemporaryFile": "the encoder's words, in the system's folder and without a name",
    },
    "model_runtime/reporter.py": {"Image.save": "a preview, into memory"},
    "studio/cli/__init__.py": {"os.open": "the null device, when whoever read our output has left"},
    "studio/interchange/encoder.py": {"TemporaryFile": "the encoder's words, as above"},
    "studio/log.py": {"open": "the traces of a fault that ends the process, in the user's log folder"},
    "studio/ui/imports.py": {"Image.save": "a pasted picture, into memory"},
    "studio/ui/start/recent.py": {"shutil.copyfile": "a poster for the start screen, into the user's cache folder"},
    "studio/ui/strips.py": {"Image.save": "into memory"},
    "studio/project/media_child.py": {
        "Image.save": "the working copy's temporary name, which its parent renames",
        "TemporaryFile": "the encoder's words, as above",
    },
    "studio/project/media_contents.py": {"Image.save": "a poster or a frame, into memory"},
    "studio/project/store.py": {"shutil.copyfile": "into the user's cache folder, for looking at a read-only film"},
}
"""What a file may do, and why it is no writing in a film or job folder."""

WRITING_METHODS = {"write_text", "write_bytes", "touch", "imwrite", "VideoWriter", "save_file", "tofile", "savez"}
WRITING_CALLS = {
    "shutil.copy",
    "shutil.copy2",
    "shutil.copyfile",
    "shutil.copytree",
    "shutil.move",
    "os.replace",
    "os.rename",
    "torch.save",
    "np.save",
    "numpy.save",
    "os.open",
}
TEMPORARIES = {"NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"}
OURS = {"safe_files", "write_still", "write_poster"}


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "…"


def opens_for_writing(call: ast.Call, name: str) -> bool:
    """open(path, "w"), path.open("xb"), open(path, mode=anything not plainly reading)."""
    place = 0 if "." in name else 1
    modes = [*call.args[place : place + 1], *(word.value for word in call.keywords if word.arg == "mode")]
    if not modes:
        return False
    mode = modes[0]
    if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
        return bool(re.fullmatch(r"[rwxabt+]{1,4}", mode.value)) and bool(set(mode.value) & set("wxa+"))
    return not (isinstance(mode, ast.Constant) or "." in name)


def writings(source: str) -> Iterator[tuple[int, str]]:
    """(line, what) of every call that may write to a file by itself."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        first, last = name.split(".")[0], name.split(".")[-1]
        if first in OURS or last in OURS:
            continue
        if last == "open" and name not in ("Image.open", "av.open", "os.open") and opens_for_writing(node, name):
            yield node.lineno, "open"
        elif last in WRITING_METHODS or last in TEMPORARIES or name in WRITING_CALLS:
            yield node.lineno, name if name in WRITING_CALLS else last
        elif last == "save" and len(node.args) > 1 and "." in name:
            yield node.lineno, "Image.save"
        elif name == "av.open" and any(word.arg == "mode" for word in node.keywords):
            yield node.lineno, "av.open"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_written_through_safe_files_alone(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    if name == DOOR:
        return
    found = [one for one in writings(path.read_text(encoding="utf-8")) if one[1] not in ALLOWED.get(name, {})]
    assert not found, f"{name} writes by itself: {found}; use model_runtime.safe_files, or give the reason here"


def test_every_exception_is_still_needed() -> None:
    for name, kinds in ALLOWED.items():
        there = {what for _, what in writings((ROOT / name).read_text(encoding="utf-8"))}
        assert set(kinds) <= there, f"{name} no longer needs {set(kinds) - there}"


@pytest.mark.parametrize(
    "line",
    [
        "open(p, 'w')",
        "open(p, mode='ab')",
        "open(p, mode)",
        "p.open('wb')",
        "p.open(mode='r+')",
        "p.write_text('x')",
        "p.write_bytes(b'')",
        "cv2.imwrite('x', i)",
        "image.save(path, 'PNG')",
        "torch.save(x, p)",
        "shutil.copy2(a, b)",
        "os.replace(a, b)",
        "tempfile.NamedTemporaryFile()",
        "safetensors.numpy.save_file(t, p)",
    ],
)
def test_the_search_finds_every_way_of_writing(line: str) -> None:
    assert list(writings(line))


@pytest.mark.parametrize(
    "line", ["open(p)", "p.open('rb')", "safe_files.write_bytes(p, b'')", "Image.open(p)", "store.open(folder)"]
)
def test_reading_is_not_found(line: str) -> None:
    assert not list(writings(line))
