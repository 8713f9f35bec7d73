from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from model_runtime.stage import __main__ as command


def test_sheet_is_written_with_its_captions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.png"
    assert command.main(["--sheet", str(sheet)]) == 0
    assert cv2.imread(str(sheet)).shape == (6 * 160, 4 * 288, 3)
    assert len(capsys.readouterr().out.splitlines()) == 24


def test_sheet_in_a_missing_folder_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "missing" / "sheet.png"
    assert command.main(["--sheet", str(sheet)]) == 1
    assert f"The sheet {sheet} cannot be written" in capsys.readouterr().err


def test_nothing_asked_is_refused() -> None:
    with pytest.raises(SystemExit):
        command.main([])
