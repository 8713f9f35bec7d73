"""What dropped files and folders hold: in order, each once, told apart by their first bytes."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.errors import BadValue
from studio.project import incoming as module
from studio.project.incoming import incoming, kind_of, natural
from tests.builders import a_movie


def touch(path: Path, content: bytes = b"\x89PNG\r\n\x1a\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(*paths: Path) -> list[str]:
    return [one.path.name for one in incoming(paths).files]


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "bmp", "tif", "webp", "psd", "ppm", "jp2", "avif"])
def test_pictures_are_known_by_their_first_bytes(tmp_path: Path, ending: str) -> None:
    if ending == "psd":
        touch(tmp_path / "a.psd", b"8BPS\0\1")
    else:
        Image.new("RGB", (8, 8)).save(tmp_path / f"a.{ending}")
    (tmp_path / f"a.{ending}").rename(tmp_path / "disguised.txt")
    assert kind_of(tmp_path / "disguised.txt") == "picture"


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv", "avi", "ts", "flv", "mxf"])
def test_movies_are_known_by_their_first_bytes(tmp_path: Path, ending: str) -> None:
    rate = 25 if ending == "mxf" else 24
    a_movie(tmp_path / f"a.{ending}", 6, rate=rate).rename(tmp_path / "disguised.png")
    assert kind_of(tmp_path / "disguised.png") == "clip"


@pytest.mark.parametrize(
    "begins", [b"fLaC\0", b"ID3\4", b"\xff\xfb\x90", b"OggS\0\2\1vorbis", b"FORM\0\0\0\1AIFF", b"\0\0\0\x20ftypM4A "]
)
def test_sounds_are_known_by_their_first_bytes(tmp_path: Path, begins: bytes) -> None:
    assert kind_of(touch(tmp_path / "a.bin", begins)) == "sound"


def test_a_wav_is_a_sound(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(8000)
        file.writeframes(b"\0\0")
    assert kind_of(tmp_path / "a.wav") == "sound"


@pytest.mark.parametrize(("begins", "told"), [
    (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic",
     "is a HEIC picture, which this program cannot read: save it as JPEG or PNG first"),
    (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "picture"),
    (b"\xef\xbb\xbf<!-- made by hand -->\n<svg viewBox='0 0 9 9'>",
     "is an SVG drawing, which is not opened because it can hold programs: save it as PNG first"),
    (b"<html><body>about <svgs>", "is no picture, movie or sound"),
    (b"%PDF-1.7\n", "is a PDF, which holds pages and is no picture: save the page as PNG first"),
    (b"v/1\x01\2\0\0\0", "is an OpenEXR picture, which this program cannot read: save it as PNG or TIFF first"),
])
def test_kinds_people_have_that_are_not_read_name_the_way_out(tmp_path: Path, begins: bytes, told: str) -> None:
    assert kind_of(touch(tmp_path / "a.png", begins)) == told


def test_others_are_told_why_they_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path / "take.mp4", b"INT. KITCHEN - DAY\n"), touch(tmp_path / "empty.png", b"")
    (tmp_path / "lost.png").symlink_to(tmp_path / "nowhere.png")
    found = incoming([tmp_path, tmp_path / "gone.png"])
    assert (found.files, set(found.others)) == ((), {
        "take.mp4 is no picture, movie or sound", "empty.png is empty", "lost.png is a link to nothing",
        "gone.png is not there"})


def test_files_come_in_the_order_people_count(tmp_path: Path) -> None:
    for name in ("shot 10.png", "shot 9.png", "Shot 1.png", "b/2.png", "b/10.png", "b/a/1.png"):
        touch(tmp_path / name)
    assert names(tmp_path) == ["Shot 1.png", "shot 9.png", "shot 10.png", "2.png", "10.png", "1.png"]
    dropped = [tmp_path / name for name in ("shot 10.png", "b", "Shot 1.png")]
    assert names(*dropped) == ["2.png", "10.png", "1.png", "Shot 1.png", "shot 10.png"]


def test_each_file_comes_once_and_hidden_ones_not_at_all(tmp_path: Path) -> None:
    one = touch(tmp_path / "a.png")
    touch(tmp_path / ".DS_Store"), touch(tmp_path / "Thumbs.db"), touch(tmp_path / ".trash" / "b.png")
    (tmp_path / "b.png").symlink_to(one)
    (tmp_path / "around").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path, one) == ["a.png"]


def test_too_many_are_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in range(4):
        touch(tmp_path / f"{place}.png")
    monkeypatch.setattr(module, "MOST_FILES", 3)
    with pytest.raises(BadValue, match="More than 3 files"):
        incoming([tmp_path])
    monkeypatch.setattr(module, "MOST_ENTRIES", 2)
    with pytest.raises(BadValue, match="holds more than 2 files"):
        incoming([tmp_path])


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_names_can_be_put_in_order(some: list[str]) -> None:
    assert sorted(map(natural, some)) == sorted(map(natural, reversed(some)))
