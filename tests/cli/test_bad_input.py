"""Each of these ends in one sentence that names the thing and one way out; nothing in the film changes."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from studio.open_project import OpenProject
from tests.calls import call, everything

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def unchanged(board: Path) -> object:
    before = everything(board)
    yield board
    assert everything(board) == before


@pytest.mark.parametrize("frames", [0, -3, 10_000_000])
def test_a_length_no_shot_can_have(unchanged: Path, frames: int) -> None:
    call("add-shot", unchanged, "--frames", frames).refused(f"{frames:,}".replace(",", "")[:2])


def test_a_prompt_of_20000_characters(unchanged: Path) -> None:
    call("add-shot", unchanged, "--prompt", "rain " * 4000).refused("prompt", "4,000")


def test_a_scene_a_shot_and_a_subject_that_are_not_there(unchanged: Path) -> None:
    call("add-shot", unchanged, "--scene", "9").refused("'9'")
    call("takes", unchanged, "--shot", "7_0070").refused("7_0070")
    call("add-shot", unchanged, "--subject", "@nobody").refused("@nobody")
    call("add-shot", unchanged, "--subject", "@mara:a:b:c:d").refused("@name:side:facing:action")


def test_a_picture_that_is_a_text_file(unchanged: Path, tmp_path: Path) -> None:
    (tmp_path / "mara.png").write_text("not a picture")
    call("add-subject", unchanged, "@jon", "--kind", "character", "--image", tmp_path / "mara.png").refused("mara.png")
    call("add-subject", unchanged, "@jon", "--kind", "character", "--image", tmp_path / "gone.png").refused("gone.png")
    call("add-subject", unchanged, "@jon", "--kind", "actor").refused("actor", "character")
    call("add-subject", unchanged, "jon with spaces", "--kind", "prop").refused("jon with spaces")


@pytest.mark.parametrize(
    ("option", "value"),
    [("--rate", "23"), ("--rate", "fast"), ("--size", "wide"), ("--size", "0x0"), ("--size", "99999999x64"),
     ("--aspect", "round"), ("--start", "25:00:00:00"), ("--numbering", "roman")],
)
def test_a_film_that_cannot_be(tmp_path: Path, option: str, value: str) -> None:
    call("new", tmp_path / "film", option, value).refused(value[:1])
    assert not (tmp_path / "film" / "project.sqlite").exists()


def test_a_film_made_twice(unchanged: Path) -> None:
    call("new", unchanged).refused(str(unchanged))


@pytest.mark.parametrize(
    "words", [("shots",), ("check",), ("add-scene", "--heading", "A"), ("export", "--to", "mp4", "o")]
)
def test_a_film_folder_that_is_a_file_or_missing_or_empty(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "a-file").write_text("x")
    (tmp_path / "empty").mkdir()
    for name in ("a-file", "gone", "empty"):
        call(words[0], tmp_path / name, *words[1:]).refused(name)
    assert not list((tmp_path / "empty").iterdir())


def test_new_on_a_file(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("x")
    call("new", tmp_path / "a-file").refused("a-file")
    assert (tmp_path / "a-file").read_text() == "x"


def test_a_film_that_is_open_elsewhere_can_be_read_but_not_written(board: Path) -> None:
    other = OpenProject.open(board)
    try:
        before = everything(board)
        call("add-scene", board, "--heading", "A").refused(str(os.getpid()))
        call("generate", board, "--shot", "1", "--engine", "slate").refused(str(os.getpid()))
        assert len(call("shots", board, "--json").ok().json) == 3
        assert everything(board) == before
    finally:
        other.close()


PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1  # linux/prctl.h, linux/capability.h


def like_anybody() -> None:
    """Runs in a child of root before its program: what its folders forbid is forbidden to it, as to anybody."""
    assert ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0


@pytest.fixture
def read_only(board: Path) -> Iterator[Path]:
    """The film in a folder that everybody may read and nobody may write."""
    place = Path(tempfile.mkdtemp(prefix="shotwright-read-only-"))
    shutil.copytree(board, place / "film")
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield place / "film"
    for folder in folders:
        folder.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.process
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how root is held back is Linux's own way")
def test_a_film_on_a_read_only_place_can_be_read_but_not_written(read_only: Path, tmp_path: Path) -> None:
    before = everything(read_only)

    def anybody(*words: object) -> subprocess.CompletedProcess[str]:
        command, root = [sys.executable, "-m", "studio", *map(str, words)], os.geteuid() == 0
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60,
                              preexec_fn=like_anybody if root else None)

    refused = anybody("add-scene", read_only, "--heading", "A")
    assert refused.returncode == 1 and str(read_only) in refused.stderr, refused.stderr
    assert len(refused.stderr.splitlines()) == 2
    read = anybody("shots", read_only, "--json")
    assert read.returncode == 0 and len(json.loads(read.stdout)) == 3, read.stderr
    exported = anybody("export", read_only, "--to", "otio", tmp_path / "film.otio")
    assert exported.returncode == 0 and (tmp_path / "film.otio").is_file(), exported.stderr
    assert everything(read_only) == before


def test_a_database_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    with sqlite3.connect(tmp_path / "film" / "project.sqlite") as database:
        database.execute("create table recipe (soup text)")
    database.close()
    content = (tmp_path / "film" / "project.sqlite").read_bytes()
    call("shots", tmp_path / "film").refused("project.sqlite")
    call("add-scene", tmp_path / "film", "--heading", "A").refused("project.sqlite")
    assert (tmp_path / "film" / "project.sqlite").read_bytes() == content


def test_a_database_of_a_newer_program(board: Path) -> None:
    with sqlite3.connect(board / "project.sqlite") as database:
        database.execute("pragma user_version = 9000")
    database.close()
    call("shots", board).refused("newer")
    call("add-scene", board, "--heading", "A").refused("newer")


def test_a_database_cut_off_in_the_middle(board: Path, tmp_path: Path) -> None:
    content = (board / "project.sqlite").read_bytes()
    (board / "project.sqlite").write_bytes(content[: len(content) // 2])
    for name in ("project.sqlite-wal", "project.sqlite-shm"):
        (board / name).unlink(missing_ok=True)
    call("shots", board).refused("project.sqlite")
    call("add-scene", board, "--heading", "A").refused("project.sqlite")
    assert len((board / "project.sqlite").read_bytes()) == len(content) // 2


@pytest.mark.parametrize("form", ["avi", "MP4 ", ""])
def test_a_form_no_film_is_exported_to(unchanged: Path, form: str, tmp_path: Path) -> None:
    call("export", unchanged, "--to", form, tmp_path / "out").refused("mp4, otio")


def test_an_export_over_a_folder_or_into_a_file(unchanged: Path, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("x")
    call("export", unchanged, "--to", "otio", tmp_path).refused(str(tmp_path))
    call("export", unchanged, "--to", "otio", tmp_path / "a-file" / "film.otio").refused("a-file")
    assert (tmp_path / "a-file").read_text() == "x"


def test_an_export_without_space_leaves_nothing(
    unchanged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    (tmp_path / "out").mkdir()
    call("export", unchanged, "--to", "mp4", tmp_path / "out" / "film.mp4").refused("no space left")
    assert not list((tmp_path / "out").iterdir())


def test_an_empty_film_has_nothing_to_export(film: Path, tmp_path: Path) -> None:
    for form in ("mp4", "otio"):
        call("export", film, "--to", form, tmp_path / f"film.{form}").refused("no shot")


@pytest.mark.parametrize("name", ["project.sqlite", "media/film.otio", "jobs/film.otio", "exports/../media/film.otio"])
def test_an_export_onto_the_films_own_files(unchanged: Path, name: str) -> None:
    before = (unchanged / "project.sqlite").read_bytes()
    call("export", unchanged, "--to", "otio", unchanged / name).refused(Path(name).name, "exports")
    assert (unchanged / "project.sqlite").read_bytes() == before
    call("export", unchanged, "--to", "otio", unchanged / "exports" / "film.otio").ok()


def test_a_subject_that_is_refused_leaves_no_picture(unchanged: Path, tmp_path: Path) -> None:
    Image.new("RGB", (20, 20)).save(tmp_path / "mara.png")
    call("add-subject", unchanged, "@MARA", "--kind", "prop", "--image", tmp_path / "mara.png").refused("@mara")


@pytest.mark.parametrize("name", ["media", "jobs", "cache"])
def test_a_folder_of_the_film_that_is_a_link_out_of_it(board: Path, tmp_path: Path, name: str) -> None:
    shutil.move(board / name, tmp_path / "elsewhere")
    (board / name).symlink_to(tmp_path / "elsewhere")
    call("shots", board).refused(name, "link")
    call("add-scene", board, "--heading", "A").refused(name, "link")


def test_a_way_out_names_no_command_that_is_not_there(board: Path) -> None:
    (board / "project.sqlite").write_bytes(b"SQLite format 3")
    assert "rebuild" not in call("shots", board).refused("project.sqlite", "media/").err


def test_an_export_in_place_of_a_device_or_a_pipe(unchanged: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for form in ("mp4", "otio"):
        call("export", unchanged, "--to", form, tmp_path / "pipe").refused("pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_a_window_without_a_display_is_a_sentence(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    call(board).refused("display")


@pytest.mark.parametrize("name", ["Film #2", "what?", "100%", "a%20b", "Fähre 船 🚢", "a:b"])
def test_a_film_folder_of_any_name(tmp_path: Path, name: str) -> None:
    film = tmp_path / name
    call("new", film, "--size", "192x108", "--title", "A").ok()
    call("add-scene", film, "--heading", "A").ok()
    call("add-shot", film, "--frames", 3).ok()
    assert len(call("shots", film, "--json").ok().json) == 1
    call("export", film, "--to", "mp4", film / "exports" / f"{name}.mp4").ok()
    call("export", film, "--to", "otio", film / "exports" / f"{name}.otio").ok()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir() and path.name[0] in name) == [name]


@pytest.mark.parametrize("word", ["9" * 5000, "1:" + "9" * 5000, "\udcff\udcfe", "", "%s", "1_0010/"])
def test_a_name_nobody_has(unchanged: Path, word: str) -> None:
    for words in (("takes", unchanged, "--shot", word), ("trim", unchanged, word, "--tail", 1),
                  ("info", unchanged, word), ("use-cut", unchanged, word),
                  ("edit-scene", unchanged, word, "--time", "day"),
                  ("edit-sound", unchanged, word, "--gain", 1), ("add-marker", unchanged, word),
                  ("edit-marker", unchanged, word, "--name", "x"), ("remove-note", unchanged, word),
                  ("move-job", unchanged, word, 1), ("retime", unchanged, 1, "--speed", word),
                  ("edit-subject", unchanged, word, "--kind", "prop"), ("lane", unchanged, word, "--mute")):
        call(*words).refused()


def test_a_speed_too_long_to_count(unchanged: Path) -> None:
    call("retime", unchanged, 1, "--speed", "1e999999999").refused("1e999999999")
