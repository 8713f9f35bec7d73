from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from model_runtime.stage import __main__ as command
from model_runtime.stage.words import load_words


def test_sheet_is_written_with_its_captions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.png"
    assert command.main(["--sheet", str(sheet)]) == 0
    assert cv2.imread(str(sheet)).shape == (6 * 160, 4 * 288, 3)
    assert len(capsys.readouterr().out.splitlines()) == 24


def test_sheet_in_a_missing_folder_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "missing" / "sheet.png"
    assert command.main(["--sheet", str(sheet)]) == 1
    assert f"The sheet {sheet} cannot be written" in capsys.readouterr().err


def test_sheet_of_words_has_a_row_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "angles.png"
    assert command.main(["--words", "angle", str(sheet)]) == 0
    assert cv2.imread(str(sheet)).shape == (4 * 80, 6 * 144, 3)
    assert capsys.readouterr().out.split("\n")[:2] == ["eye level", "high angle"]


@pytest.mark.parametrize("name", command.WORD_LISTS)
def test_every_list_of_words_has_scenes_to_be_shown_in(name: str) -> None:
    scenes = command.scenes_with(name, seed=0)
    word = getattr(load_words(), name)[-1]
    assert all(command.said(scene, name, word) for scene in scenes)


def test_unknown_list_of_words_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--words", "mood", str(tmp_path / "mood.png")]) == 1
    assert "No list of words is called mood" in capsys.readouterr().err


def test_nothing_asked_is_refused() -> None:
    with pytest.raises(SystemExit):
        command.main([])
