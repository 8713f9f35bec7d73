"""Files of the film: brought in whole by a limited child, named by content, never outside the folder."""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import threading
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from model_runtime import safe_files
from studio.errors import BadValue, NotFound, ProjectError, StudioError
from studio.open_project import OpenProject
from studio.project import media_child, media_reader, queries
from studio.project.media import Facts, MediaFolder
from studio.project.media_reader import Reader, Stopped, Watch
from studio.project.timing import FrameRate
from tests.builders import a_movie, a_picture, a_shot, a_take


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "film")


def a_sound(path: Path, seconds: float = 0.5, rate: int = 22050) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(rate)
        tone = [int(9000 * math.sin(n / 20)) for n in range(int(seconds * rate))]
        file.writeframes(np.array(tone, "<i2").tobytes())
    return path


def left_over(folder: MediaFolder) -> list[str]:
    return [one.name for one in folder.media.iterdir() if safe_files.TEMPORARY_MARK in one.name]


# --- pictures ----------------------------------------------------------------------------------------------------


def test_a_picture_is_kept_as_it_came_beside_a_working_copy(folder: MediaFolder, tmp_path: Path) -> None:
    source = tmp_path / "Mara, front.JPG"
    Image.new("RGB", (40, 30), "red").save(source)
    made = folder.import_picture(source)
    assert (made.width, made.height, made.kind, made.original_name) == (40, 30, "picture", "Mara, front.JPG")
    assert folder.path(made.original).read_bytes() == source.read_bytes()
    assert made.name == f"{made.hash}.png" and folder.hash_file(folder.path(made.name)) == made.hash
    assert folder.names_of(made.hash) == [made.name]
    assert left_over(folder) == []
    assert folder.import_picture(source) == made
    assert len(list(folder.media.iterdir())) == 2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "YCbCr", "F"])
def test_pictures_of_every_kind_become_eight_bits_of_rgb(folder: MediaFolder, tmp_path: Path, mode: str) -> None:
    source = tmp_path / f"picture.{'tif' if mode in ('CMYK', 'I;16', 'YCbCr', 'F') else 'png'}"
    colour = {"LA": (0, 255), "RGBA": (0, 0, 0, 255)}.get(mode, 0)
    Image.new(mode, (20, 10), colour).save(source)
    with Image.open(folder.path(folder.import_picture(source).name)) as copy:
        assert copy.mode in ("RGB", "RGBA") and copy.size == (20, 10)
        assert (copy.mode == "RGBA") == (mode in ("LA", "RGBA"))


def test_sixteen_bits_keep_their_shades(folder: MediaFolder, tmp_path: Path) -> None:
    Image.fromarray(np.array([[0, 32768, 65535] * 3] * 9, np.uint16)).save(tmp_path / "deep.png")
    made = folder.import_picture(tmp_path / "deep.png")
    assert made.notes == ("deep.png has more than 8 bits a channel and is kept with 8.",)
    with Image.open(folder.path(made.name)) as copy:
        assert [copy.getpixel((x, 0))[0] for x in range(3)] == [0, 127, 255]


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_sixteen_bits_of_colour_are_told_as_well(folder: MediaFolder, tmp_path: Path, ending: str) -> None:
    """The library that reads them drops the low half without a word."""
    source = tmp_path / f"deep.{ending}"
    assert cv2.imwrite(str(source), np.full((9, 9, 3), (10_000, 40_000, 60_000), np.uint16))
    made = folder.import_picture(source)
    assert made.notes == (f"deep.{ending} has more than 8 bits a channel and is kept with 8.",)
    with Image.open(folder.path(made.name)) as copy:
        assert copy.getpixel((4, 4)) == (60_000 >> 8, 40_000 >> 8, 10_000 >> 8)


def test_printing_colours_look_as_they_did(folder: MediaFolder, tmp_path: Path) -> None:
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(tmp_path / "print.jpg", quality=95)
    made = folder.import_picture(tmp_path / "print.jpg")
    assert made.notes == ("print.jpg has printing colours (CMYK) and is kept as RGB.",)
    with Image.open(folder.path(made.name)) as copy:
        red, green, blue = copy.getpixel((9, 9))
        assert red > 200 and max(green, blue) < 60


def test_see_through_parts_stay_and_it_is_said_what_engines_see(folder: MediaFolder, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (20, 20), (200, 10, 10, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 10, 20))
    picture.save(tmp_path / "cut.png")
    made = folder.import_picture(tmp_path / "cut.png")
    assert made.notes == ("cut.png has see-through parts, which engines are shown as white.",)
    with Image.open(folder.path(made.name)) as copy:
        assert (copy.getpixel((2, 2))[3], copy.getpixel((15, 15))) == (0, (200, 10, 10, 255))
    black = tmp_path / "hidden.png"
    Image.new("RGBA", (20, 20), (200, 10, 10, 0)).save(black)
    with pytest.raises(BadValue, match=r"hidden.png is see-through all over: there is nothing to see in it."):
        folder.import_picture(black)


def test_a_picture_taken_upside_down_stands_upright(folder: MediaFolder, tmp_path: Path) -> None:
    picture = Image.new("RGB", (40, 20), "blue")
    turned = Image.Exif()
    turned[0x0112] = 6
    picture.save(tmp_path / "phone.jpg", exif=turned)
    made = folder.import_picture(tmp_path / "phone.jpg")
    assert (made.width, made.height) == (20, 40)


def test_the_first_picture_of_a_moving_one_is_taken(folder: MediaFolder, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    made = folder.import_picture(tmp_path / "moving.gif")
    assert made.notes == ("moving.gif holds 2 pictures; the first is kept.",)
    with Image.open(folder.path(made.name)) as copy:
        assert copy.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def text(path: Path) -> None:
    path.write_text("INT. KITCHEN - DAY\n" * 20, "utf-8")


def truncated(path: Path) -> None:
    a_picture(path.with_suffix(".png"), (300, 300))
    path.write_bytes(path.with_suffix(".png").read_bytes()[:200])


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(b"\0\1\2\3" + os.urandom(5000))


def heic(path: Path) -> None:
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\1\0meta" + bytes(500))


def svg(path: Path) -> None:
    witness = path.with_name("ran")
    path.write_text(f"""<?xml version="1.0"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" onload="fetch('file://{witness}')">
        <script>require('fs').writeFileSync('{witness}', '')</script><image href="file:///etc/passwd"/></svg>""")


def postscript(path: Path) -> None:
    path.write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n"
                    f"({path.with_name('ran')}) (w) file closefile showpage\n")


def movie(path: Path) -> None:
    a_movie(path.with_suffix(".mp4")).rename(path)


def voice(path: Path) -> None:
    a_sound(path.with_suffix(".wav")).rename(path)


def one_pixel(path: Path) -> None:
    Image.new("RGB", (1, 1)).save(path)


def ribbon(path: Path) -> None:
    Image.new("1", (40_000, 20)).save(path)


@pytest.mark.parametrize(
    ("name", "kind", "spoil", "named"),
    [
        ("notes.png", "picture", text, "notes.png is no picture: it holds text."),
        ("notes.mp4", "clip", text, "notes.mp4 is no movie: it holds text."),
        ("notes.wav", "sound", text, "notes.wav is no sound: it holds text."),
        ("half.jpg", "picture", truncated, "half.jpg is no picture this program can read, or it is broken."),
        ("noise.mp4", "clip", noise, "noise.mp4 is no movie this program can read, or it is broken."),
        ("phone.jpg", "picture", heic, "phone.jpg is a HEIC picture, which this program cannot read."),
        ("logo.png", "picture", svg,
         "logo.png is an SVG drawing, which is not opened because it can hold programs."),
        ("logo.eps", "picture", postscript, "logo.eps is PostScript, which is not opened because it is a program."),
        ("shot.png", "picture", movie, "shot.png is a movie and no picture."),
        ("shot.mov", "clip", voice, "shot.mov holds sound and no picture."),
        ("one.png", "picture", one_pixel, "one.png is 1 × 1 pixels; a picture has at least 8 a side."),
        ("ribbon.png", "picture", ribbon, "ribbon.png is 40000 × 20 pixels; a side has at most 30,000."),
        ("empty.png", "picture", nothing, "empty.png is empty."),
        ("empty.mp4", "clip", nothing, "empty.mp4 is empty."),
    ],
)
def test_a_file_that_is_something_else_gets_one_clear_sentence(
    folder: MediaFolder, tmp_path: Path, name: str, kind: str, spoil: Callable[[Path], None], named: str
) -> None:
    spoil(tmp_path / name)
    with pytest.raises(BadValue) as told:
        getattr(folder, f"import_{kind}")(tmp_path / name)
    assert (told.value.sentence, bool(told.value.hint)) == (named, True)
    assert not folder.media.exists() or list(folder.media.iterdir()) == []
    assert not (tmp_path / "ran").exists()


def test_a_picture_whose_name_says_another_format_is_read_for_what_it_is(folder: MediaFolder, tmp_path: Path) -> None:
    a_picture(tmp_path / "mara.png", colour="mara").rename(tmp_path / "mara.jpg")
    made = folder.import_picture(tmp_path / "mara.jpg")
    assert (made.width, made.height, made.notes) == (160, 90, ())


def test_missing_files_and_folders_are_named(folder: MediaFolder, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no file"):
        folder.import_picture(tmp_path / "none.png")
    with pytest.raises(BadValue, match="is no file"):
        folder.import_picture(tmp_path)


def test_a_picture_far_too_large_is_refused_before_it_is_read(folder: MediaFolder, tmp_path: Path) -> None:
    Image.new("1", (20_000, 15_000)).save(tmp_path / "huge.png")
    with pytest.raises(BadValue, match=r"huge.png has 300 megapixels; at most 120 fit"):
        folder.import_picture(tmp_path / "huge.png")
    assert left_over(folder) == []


def test_a_reader_that_dies_of_its_limits_is_told_in_words(
    folder: MediaFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!{sys.executable}\nimport os, signal\nos.kill(os.getpid(), {int(signal.SIGXCPU)})\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(BadValue, match="within the limits for a foreign picture"):
        folder.import_picture(a_picture(tmp_path / "fine.png"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_the_child_really_has_limits() -> None:
    code = (
        "import json, resource; from studio.project import media_child; media_child.limit('picture')\n"
        "limits = resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE\n"
        "print(json.dumps([resource.getrlimit(one)[0] for one in limits]))\n"
        "try:\n    bytearray(8 << 30)\nexcept MemoryError:\n    print('refused')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()
    assert json.loads(told[0]) == [
        limits["picture"] for limits in (media_child.MEMORY, media_child.SECONDS, media_child.LARGEST)]
    assert told[1] == "refused"


# --- clips and sounds --------------------------------------------------------------------------------------------


def test_a_movie_becomes_one_as_our_takes_are(folder: MediaFolder, tmp_path: Path) -> None:
    source = a_movie(tmp_path / "phone.mov", 30, (161 + 1, 90), Fraction(30))
    made = folder.import_clip(source, rate=FrameRate(24), size=(160, 90))
    assert (made.width, made.height, made.frames, made.rate) == (160, 90, 24, FrameRate(24))
    with av.open(str(folder.path(made.name))) as movie:
        stream = movie.streams.video[0]
        assert (stream.codec.name, stream.pix_fmt, stream.average_rate) == ("h264", "yuv420p", 24)
        keys = [index for index, frame in enumerate(movie.decode(stream)) if frame.key_frame]
    assert keys == [0, 12]
    assert folder.path(made.original).read_bytes() == source.read_bytes()
    assert (folder.facts(made.name).frames, left_over(folder)) == (24, [])


def test_a_movie_without_a_wish_keeps_its_size_and_the_nearest_rate(folder: MediaFolder, tmp_path: Path) -> None:
    made = folder.import_clip(a_movie(tmp_path / "a.mp4", 24, (64, 48), Fraction(24000, 1001)))
    assert (made.width, made.height, str(made.rate)) == (64, 48, "24000/1001")


def test_a_sound_becomes_48_khz(folder: MediaFolder, tmp_path: Path) -> None:
    made = folder.import_sound(a_sound(tmp_path / "voice.wav", 0.5))
    with wave.open(str(folder.path(made.name)), "rb") as file:
        assert (file.getframerate(), file.getnframes()) == (48000, made.samples)
    assert abs(made.samples - 24000) < 100


def test_a_playlist_cannot_reach_other_files(folder: MediaFolder, tmp_path: Path) -> None:
    a_movie(tmp_path / "secret.mp4")
    (tmp_path / "list.m3u8").write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{tmp_path / 'secret.mp4'}\n#EXT-X-ENDLIST\n")
    with pytest.raises(BadValue):
        folder.import_clip(tmp_path / "list.m3u8")


def test_what_a_working_copy_shows_otherwise_is_said(folder: MediaFolder, tmp_path: Path) -> None:
    upright = a_movie(tmp_path / "phone.mp4", 30, (90, 160), 30)
    told = folder.import_clip(upright, FrameRate(24), (160, 90))
    assert told.notes == (
        "phone.mp4 has 30 frames a second and is kept at 24.",
        "phone.mp4 is 90 × 160 and is cut at top and bottom to 160 × 90.",
    )
    assert folder.import_clip(upright, FrameRate(30)).notes == ()


def test_odd_rates_become_the_rate_of_the_film(folder: MediaFolder, tmp_path: Path) -> None:
    for rate, frames in ((12, 12), (120, 120), (Fraction(15000, 1001), 15)):
        made = folder.import_clip(a_movie(tmp_path / "odd.mkv", frames, rate=rate), FrameRate(25))
        assert abs(made.frames - 25) <= 2 and made.rate == FrameRate(25) and "is kept at 25" in made.notes[0]


def test_a_movie_of_sound_alone_says_where_it_belongs(folder: MediaFolder, tmp_path: Path) -> None:
    with av.open(str(tmp_path / "voice.mp4"), "w") as movie:
        stream = movie.add_stream("aac", rate=48_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 2_048), np.float32), "fltp", "mono")
        frame.rate = 48_000
        for packet in [*stream.encode(frame), *stream.encode()]:
            movie.mux(packet)
    with pytest.raises(BadValue, match="holds sound and no picture") as told:
        folder.import_clip(tmp_path / "voice.mp4", FrameRate(24))
    assert "lane" in told.value.hint
    assert folder.import_sound(tmp_path / "voice.mp4").samples > 1_000


def test_a_movie_that_breaks_off_is_kept_as_far_as_it_goes(folder: MediaFolder, tmp_path: Path) -> None:
    whole = a_movie(tmp_path / "whole.mkv", 96, (320, 180)).read_bytes()
    (tmp_path / "half.mkv").write_bytes(whole[: len(whole) // 2])
    made = folder.import_clip(tmp_path / "half.mkv", FrameRate(24))
    assert 1 <= made.frames < 90
    assert made.notes == ("half.mkv ends earlier than it says; the rest of it cannot be read.",)


@pytest.mark.parametrize(("codec", "pixels"), [("qtrle", "rgb24"), ("libx264", "yuv420p")])
def test_colours_of_a_movie_stay(folder: MediaFolder, tmp_path: Path, codec: str, pixels: str) -> None:
    """In RGB, and in BT.601 as a small movie is that does not say how its colours are coded."""
    with av.open(str(tmp_path / "red.mov"), "w") as movie:
        stream = movie.add_stream(codec, rate=24)
        stream.width, stream.height, stream.pix_fmt = 160, 90, pixels
        for _ in range(3):
            red = av.VideoFrame.from_ndarray(np.full((90, 160, 3), (200, 50, 20), np.uint8), "rgb24")
            for packet in stream.encode(red):
                movie.mux(packet)
        for packet in stream.encode():
            movie.mux(packet)
    name = folder.import_clip(tmp_path / "red.mov", FrameRate(24)).name
    picture = folder.stage_frame(name, 1)
    folder.place([picture])
    with Image.open(folder.path(picture.name)) as shown:
        assert max(abs(a - b) for a, b in zip(shown.getpixel((80, 45)), (200, 50, 20), strict=True)) <= 5


# --- many, watched, stopped --------------------------------------------------------------------------------------


def test_one_child_reads_many_pictures_and_another_goes_on_after_a_broken_one(
    folder: MediaFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, start = [], media_reader._start
    monkeypatch.setattr(media_reader, "_start", lambda kind: started.append(kind) or start(kind))
    truncated(tmp_path / "broken.jpg")
    names = []
    with Reader("picture") as reader:
        for colour in ("red", "broken", "blue", "green"):
            file = tmp_path / "broken.jpg" if colour == "broken" else a_picture(tmp_path / f"{colour}.png",
                                                                                colour=colour)
            with contextlib.suppress(BadValue):
                names.append(folder.stage_picture(file, reader).name)
    assert (len(set(names)), started) == (3, ["picture", "picture"])
    folder.drop_staged()


def test_how_far_a_movie_is_read_is_told(folder: MediaFolder, tmp_path: Path) -> None:
    parts: list[float] = []
    with Reader("clip", Watch(parts.append)) as reader:
        folder.stage_clip(a_movie(tmp_path / "a.mp4", 48), FrameRate(24), reader=reader)
    folder.drop_staged()
    assert parts and parts == sorted(parts) and 0 <= parts[0] <= parts[-1] <= 1


def test_reading_that_is_stopped_leaves_nothing_behind(folder: MediaFolder, tmp_path: Path) -> None:
    source = a_movie(tmp_path / "long.mp4", 2_000, (320, 180))
    watch = Watch(lambda part: watch.stop())
    with Reader("clip", watch) as reader, pytest.raises(Stopped):
        folder.stage_clip(source, FrameRate(60), (1920, 1080), reader)
    assert list(folder.media.iterdir()) == []
    with Reader("picture", watch) as reader, pytest.raises(Stopped):
        folder.stage_picture(a_picture(tmp_path / "next.png"), reader)
    assert left_over(folder) == []


# --- our own pictures --------------------------------------------------------------------------------------------


def test_a_frame_of_a_take_is_staged_as_it_is(folder: MediaFolder, tmp_path: Path) -> None:
    name = folder.import_clip(a_movie(tmp_path / "a.mp4", 40), FrameRate(24)).name
    for frame in (0, 11, 12, 29, 39):
        made = folder.stage_frame(name, frame)
        with folder.keeping([made]), Image.open(folder.path(made.name)) as picture:
            assert abs(picture.convert("L").getpixel((80, 45)) - (20 + frame * 2)) <= 3
        assert (made.width, made.height, made.original) == (160, 90, made.name)
    with pytest.raises(BadValue, match="no frame 40"):
        folder.stage_frame(name, 40)


def test_an_empty_picture_is_light_and_as_large_as_asked(folder: MediaFolder) -> None:
    made = folder.stage_blank(1920, 1080)
    folder.place([made])
    assert folder.facts(made.name) == Facts(1, 1920, 1080) and folder.lightest(made.name) > 235
    assert left_over(folder) == []


# --- staged ------------------------------------------------------------------------------------------------------


def names_in(folder: MediaFolder) -> list[str]:
    return sorted(one.name for one in folder.media.iterdir())


def test_a_staged_file_is_read_like_any_other_and_comes_in_with_its_rows(folder: MediaFolder, tmp_path: Path) -> None:
    movie = a_movie(tmp_path / "guide.mp4", 12, (64, 36), rate=24)
    staged = [folder.stage_picture(a_picture(tmp_path / "first.png")), folder.stage_clip(movie, FrameRate(24))]
    assert [folder.names_of(one.hash) for one in staged] == [[one.name] for one in staged]
    assert folder.facts(staged[1].name).frames == 12 and folder.lightest(staged[0].name) > 0
    assert all(folder.holds(one.name) and not folder.path(one.name).exists() for one in staged)
    with folder.keeping(staged):
        assert names_in(folder) == sorted(name for one in staged for name in (one.name, one.original))
    folder.drop_staged()
    assert len(names_in(folder)) == 4 and folder.hash_file(folder.path(staged[1].name)) == staged[1].hash


def test_nothing_stays_of_a_staged_file_that_is_not_kept(folder: MediaFolder, tmp_path: Path) -> None:
    here = folder.import_picture(a_picture(tmp_path / "here.png", colour="here"))
    before = names_in(folder)
    for name in ("first", "last", "here"):
        folder.stage_picture(a_picture(tmp_path / f"{name}.png", colour="here" if name == "here" else "other"))
    folder.drop_staged()
    assert names_in(folder) == before and folder.holds(here.name)


def test_one_staged_file_is_dropped_without_the_others(folder: MediaFolder, tmp_path: Path) -> None:
    gone, stays = (folder.stage_picture(a_picture(tmp_path / f"{name}.png", colour=name)) for name in ("a", "b"))
    folder.drop_staged([gone])
    assert not folder.holds(gone.name) and folder.holds(stays.name)
    with folder.keeping([stays]):
        pass
    assert names_in(folder) == sorted({stays.name, stays.original})


def test_a_staged_file_goes_back_where_its_rows_cannot_be_written(folder: MediaFolder, tmp_path: Path) -> None:
    staged = folder.stage_picture(a_picture(tmp_path / "first.png"))
    with pytest.raises(BadValue), folder.keeping([staged]):
        raise BadValue("No.", "Try again.")
    assert folder.holds(staged.name) and not folder.path(staged.name).exists()
    with folder.keeping([staged]):
        pass
    assert folder.path(staged.name).is_file() and left_over(folder) == []


def test_what_a_killed_process_staged_is_cleared_away(folder: MediaFolder, tmp_path: Path) -> None:
    folder.stage_picture(a_picture(tmp_path / "first.png"))
    kept = folder.import_picture(a_picture(tmp_path / "kept.png", colour="kept"))
    MediaFolder(folder.root).clear_leftovers()
    assert names_in(folder) == sorted((kept.name, kept.original))


# --- names and recipes -------------------------------------------------------------------------------------------


def test_adopting_twice_is_adopting_once(folder: MediaFolder, tmp_path: Path) -> None:
    folder.media.mkdir(parents=True)
    names = []
    for _ in range(2):
        file = folder.media / "made.bin"
        file.write_bytes(b"take")
        names.append(folder.adopt(file, ".mp4"))
    assert names == [f"{safe_files.sha256(folder.path(names[0]))}.mp4"] * 2
    assert [one.name for one in folder.media.iterdir()] == names[:1]


@pytest.mark.parametrize("name", ["", "..", "../film.mp4", "/etc/passwd", "a.mp4", f"{'0' * 64}", f"{'0' * 64}.mp4/..",
                                  f"{'0' * 63}\n.mp4", f"{'0' * 64}.mp4\n", f"media/{'0' * 64}.mp4"])
def test_names_that_point_elsewhere_are_refused(folder: MediaFolder, name: str) -> None:
    with pytest.raises(ProjectError):
        folder.path(name)


def test_links_in_the_media_folder_are_not_followed(folder: MediaFolder, tmp_path: Path) -> None:
    folder.media.mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (folder.media / f"{'0' * 64}.png").symlink_to(tmp_path / "secret")
    with pytest.raises(ProjectError, match="link"):
        folder.path(f"{'0' * 64}.png")


def test_recipes_are_read_back_from_movies_and_pictures(project: OpenProject, tmp_path: Path) -> None:
    made = project.ask(queries.take_card, a_take(project, a_shot(project, prompt="雨の桟橋"), movie=True))
    assert project.media.read_recipe(made.media) == made.recipe
    plain = a_picture(tmp_path / "plain.png")
    assert project.media.read_recipe(plain) is None
    text(tmp_path / "broken.mp4")
    assert project.media.read_recipe(tmp_path / "broken.mp4") is None


def test_a_poster_is_the_first_frame_after_the_head(project: OpenProject) -> None:
    made = project.ask(queries.take_card, a_take(project, a_shot(project), movie=True, head=8))
    poster = project.media.poster(made)
    assert poster == made.poster
    with Image.open(poster) as picture:
        assert abs(picture.convert("L").getpixel((5, 5)) - (20 + 8 * 2)) <= 4
    written = poster.stat().st_mtime_ns
    assert project.media.poster(made) == poster and poster.stat().st_mtime_ns == written


def test_a_full_disk_while_importing_is_told(
    folder: MediaFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path) -> None:
        raise safe_files.NoSpace(target.parent, 10, 0)

    monkeypatch.setattr(safe_files, "open_new", full)
    with pytest.raises((StudioError, safe_files.NoSpace)) as told:
        folder.import_picture(a_picture(tmp_path / "fine.png"))
    assert "no space left" in str(told.value)
    assert left_over(folder) == []


def test_importing_leaves_no_child_behind(folder: MediaFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(media_reader.PATIENCE_S, "picture", 0)
    before = threading.active_count()
    with pytest.raises(BadValue, match="took longer than"):
        folder.import_picture(a_picture(tmp_path / "fine.png"))
    assert threading.active_count() == before
    assert left_over(folder) == []
