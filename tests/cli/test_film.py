from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from studio.cli.film import title_from
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands.cut import save_cut
from studio.project.commands.trim import trim_tail
from tests.calls import call

STATES = {"empty", "has_panels", "has_takes", "queued", "running", "failed", "out_of_date", "pages_changed", "approved",
          "omitted"}


def test_new_makes_a_film_with_what_was_asked(tmp_path: Path) -> None:
    said = call("new", tmp_path / "the-end-of-a-day", "--rate", "23.976", "--aspect", "2.39:1", "--size", "1920x804",
                "--start", "10:00:00:00", "--numbering", "letters").ok()
    assert "The End of a Day" in said.out
    assert (tmp_path / "the-end-of-a-day" / "project.sqlite").is_file()
    assert call("shots", tmp_path / "the-end-of-a-day", "--json").ok().json == []


@pytest.mark.parametrize(("name", "title"), [("the-last-ferry", "The Last Ferry"), ("NYC_at_night", "NYC at Night"),
                                             ("über den fluss", "Über Den Fluss")])
def test_a_film_is_called_after_its_folder(name: str, title: str) -> None:
    assert title_from(Path("/films") / name) == title


def test_the_board_as_json_has_the_words_of_the_contract(board: Path) -> None:
    shots = call("shots", board, "--json").ok().json
    assert len(shots) == 3
    for shot in shots:
        assert {"id", "number", "scene", "prompt", "frames", "state", "chosen_take"} <= set(shot)
        assert shot["state"] in STATES and shot["chosen_take"] is None and not shot["id"].isdecimal()
    assert [(shot["number"], shot["frames"], shot["scene"]) for shot in shots] == [
        ("1_0010", 8, "1"), ("1_0020", 6, "1"), ("2_0010", 5, "2")]
    assert shots[0]["subjects"] == ["@mara"] and shots[2]["prompt"] == "船が出る 🚢"


def test_the_board_as_a_list_shows_every_shot(board: Path) -> None:
    lines = call("shots", board).ok().out.splitlines()
    assert len(lines) == 4 and lines[1].split()[1] == "1_0010" and "The light goes out" in lines[2]


@pytest.mark.parametrize("scene", ["1", "2"])
def test_a_shot_goes_to_the_scene_that_is_named(board: Path, scene: str) -> None:
    call("add-shot", board, "--scene", scene, "--prompt", "one more").ok()
    found = [shot["scene"] for shot in call("shots", board, "--json").json if shot["prompt"] == "one more"]
    assert found == [scene]


def test_a_shot_is_put_after_or_before_another(board: Path) -> None:
    call("add-shot", board, "--after", 1, "--prompt", "second").ok()
    call("add-shot", board, "--before", "1_0010", "--prompt", "first").ok()
    assert [shot["prompt"] for shot in call("shots", board, "--json").json][:3] == ["first", "@mara walks", "second"]
    call("add-shot", board, "--before", 1, "--after", 2).refused("both")


def test_what_a_film_was_made_with_is_told_and_changed(board: Path) -> None:
    call("edit-film", board, "--title", "The End", "--size", "384x216", "--rate", "25").ok()
    told = call("film-settings", board, "--json").ok().json
    assert (told["title"], told["width"], told["rate"], told["frames"]) == ("The End", 384, "25", 19)
    assert "19 frames at 25 from 01:00:00:00" in call("film-settings", board).ok().out


@pytest.mark.parametrize(
    ("words", "named"), [((), "--title"), (("--size", "wide"), "'wide'"), (("--rate", "23"), "'23'"),
                         (("--size", "193x108"), "193"), (("--numbering", "roman"), "roman")]
)
def test_a_film_is_not_made_into_what_it_cannot_be(board: Path, words: tuple[str, ...], named: str) -> None:
    before = call("film-settings", board, "--json").json
    call("edit-film", board, *words).refused(named)
    assert call("film-settings", board, "--json").json == before


def test_a_shot_can_be_named_by_number_id_and_place(board: Path) -> None:
    shot = call("shots", board, "--json").json[2]
    for name in (shot["number"], shot["id"], "3"):
        assert call("takes", board, "--shot", name, "--json").ok().json == []


def test_one_undo_takes_back_a_whole_shot(board: Path) -> None:
    before = call("shots", board, "--json").json
    call("add-shot", board, "--prompt", "@mara runs", "--subject", "@mara:left:right:running").ok()
    project = OpenProject.open(board)
    project.undo()
    project.close()
    assert call("shots", board, "--json").json == before


def test_a_subject_brings_its_pictures_into_the_film(film: Path, tmp_path: Path) -> None:
    Image.new("RGB", (40, 60), (240, 200, 40)).save(tmp_path / "mara.png")
    call("add-subject", film, "@mara", "--kind", "character", "--image", tmp_path / "mara.png").ok()
    assert [path.suffix for path in (film / "media").iterdir() if path.suffix == ".png"]


def test_what_a_subjects_picture_is_converted_from_is_said(film: Path, tmp_path: Path) -> None:
    Image.new("CMYK", (40, 60), (0, 90, 90, 0)).save(tmp_path / "mara.tif")
    said = call("add-subject", film, "@mara", "--kind", "character", "--image", tmp_path / "mara.tif").ok().out
    assert "mara.tif has printing colours (CMYK) and is kept as RGB." in said


def test_export_of_a_board_without_takes_is_a_film_of_cards(board: Path, tmp_path: Path) -> None:
    said = call("export", board, "--to", "mp4", tmp_path / "out" / "film.mp4").ok()
    assert "19 frames" in said.out and "3 missing-shot cards" in said.out
    call("export", board, "--to", "otio", tmp_path / "out" / "film.otio").ok()
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"film.mp4", "film.otio"}


def test_an_earlier_cut_is_exported_by_its_number_or_name(board: Path, tmp_path: Path) -> None:
    with closing(OpenProject.open(board)) as project:
        project.run(save_cut, "Second")
        project.run(trim_tail, project.ask(queries.event_cards)[0].id, 12)
    lengths = {name: call("export", board, "--to", "otio", tmp_path / "film.otio", *cut).ok().out.partition(" at ")[0]
               for name, cut in {"now": (), "number": ("--cut", "1"), "name": ("--cut", "second")}.items()}
    frames = {name: said.split()[-2] for name, said in lengths.items()}
    assert frames == {"now": "31", "number": "19", "name": "31"}
    refused = call("export", board, "--to", "otio", tmp_path / "film.otio", "--cut", "third")
    refused.refused("third", "1 (", "2 (Second)")


def test_what_other_programs_will_not_show_is_said(board: Path, tmp_path: Path) -> None:
    assert "Missing shots: " in call("export", board, "--to", "otio", tmp_path / "film.otio").ok().out


def test_check_finds_a_whole_film_whole(board: Path) -> None:
    assert call("check", board, "--json").ok().json["problems"] == []
    assert "whole" in call("check", board).ok().out
