"""Commands that bring files in: panels, takes, shots of files, sounds; all or nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from tests.builders import a_movie, a_picture
from tests.calls import call
from tests.project.test_media import a_sound


def media(film: Path) -> list[str]:
    return sorted(one.name for one in (film / "media").iterdir() if not one.name.startswith("film-"))


def test_pictures_become_panels_of_the_shot(board: Path, tmp_path: Path) -> None:
    files = [a_picture(tmp_path / f"{name}.png", colour=name) for name in "ab"]
    said = call("add-panel", board, *files, "--shot", "1_0010").ok().out
    assert "Added 2 panels to shot 1_0010, which has 2 now." in said
    call("add-panel", board, a_picture(tmp_path / "c.png", colour="c"), "--shot", "1", "--at", "1").ok()
    with closing(OpenProject.open(board, writable=False)) as project:
        shot = project.ask(queries.find_shot, "1_0010")
        assert [card.frames for card in project.ask(queries.panel_cards, shot)] == [None, 4, 4]


def test_a_movie_becomes_a_take(board: Path, tmp_path: Path) -> None:
    said = call("import-take", board, a_movie(tmp_path / "phone.mp4", 30, (192, 108), 30), "--shot", "2").ok().out
    assert "Brought in take v001" in said and "phone.mp4 has 30 frames a second and is kept at 24." in said
    take, = call("takes", board, "--shot", "2", "--json").ok().json
    assert take["state"] == "chosen"


def test_a_folder_becomes_shots_and_tells_what_it_left_out(board: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("2", "10", "1"):
        a_picture(folder / f"{name}.png", colour=name)
    (folder / "3.png").write_bytes((folder / "2.png").read_bytes()[:50])
    (folder / "notes.txt").write_text("no picture")
    said = call("import", board, folder, "--scene", "1").ok().out
    assert "Added 3 shots." in said and "Left out: notes.txt is no picture, movie or sound." in said
    assert "Left out: 3.png is no picture this program can read, or it is broken." in said
    assert [shot["scene"] for shot in call("shots", board, "--json").json] == ["1"] * 5 + ["2"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add-panel", "text.png", "--shot", "1"), "text.png is no picture: it holds text."),
        (("import-take", "text.png", "--shot", "1"), "text.png is no movie: it holds text."),
        (("add-sound", "text.png"), "text.png is no sound: it holds text."),
        (("add-sound", "voice.wav", "--lane", "nowhere"), "The cut has no lane 'nowhere'."),
        (("import", "text.png"), "text.png is no picture, movie or sound."),
        (("add-panel", "fine.png", "--shot", "1", "--at", "7"), "There is no place 7 among the panels of 1_0010."),
        (("add-panel", "missing.png", "--shot", "1"), "There is no file"),
    ],
)
def test_what_cannot_be_brought_in_leaves_the_film_as_it_was(
    board: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "text.png").write_text("INT. KITCHEN - DAY\n")
    a_picture(tmp_path / "fine.png"), a_sound(tmp_path / "voice.wav")
    before = media(board), call("shots", board, "--json").json
    name, *rest = (tmp_path / word if word.endswith((".png", ".wav")) else word for word in words)
    call(name, board, *rest).refused(told)
    assert (media(board), call("shots", board, "--json").json) == before
