"""Every failure is told by its kind, with a sentence and a way out; only our own leave a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_runtime import failures, safe_files
from model_runtime.video.weights import WeightsBroken, WeightsMissing


class OutOfMemoryError(RuntimeError):
    """Named as torch's."""


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), "memory"),
        (OutOfMemoryError("CUDA"), "memory"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"), "memory"),
        (WeightsMissing("No weights."), "weights"),
        (WeightsBroken("Cut off."), "weights"),
        (failures.BadInput("No picture.", "Import it."), "input"),
        (safe_files.NoSpace(Path("/"), 1, 0), "space"),
        (ValueError("ours"), "bug"),
        (SystemExit(2), "bug"),
        (RuntimeError("shapes do not match"), "bug"),
    ],
)
def test_an_error_is_told_by_its_kind(error: BaseException, kind: str, tmp_path: Path) -> None:
    found = failures.describe(error, tmp_path)
    assert found.kind == kind and found.sentence
    assert found.hint
    assert bool(found.trace) == (kind == "bug")


def test_the_trace_of_a_bug_names_the_line(tmp_path: Path) -> None:
    try:
        raise KeyError("lost")
    except KeyError as error:
        found = failures.describe(error, tmp_path)
    text = Path(found.trace).read_text()
    assert "KeyError: 'lost'" in text and Path(__file__).name in text


def test_a_failure_is_told_even_where_no_trace_can_be_written(tmp_path: Path) -> None:
    found = failures.describe(KeyError("lost"), tmp_path / "nowhere")
    assert found.kind == "bug" and found.trace == ""
