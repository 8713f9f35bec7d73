import json
from pathlib import Path

import opentimelineio as otio
import pytest

from studio.errors import Refused
from studio.interchange import links, otio_formats, read_back
from studio.interchange.shown_cut import ShownCut
from studio.project.timing import LEGAL_RATES, FrameRate, parse_timecode
from tests.interchange.cuts import RATE, a_cut, a_film, a_take, an_event


def a_film_of_three(folder: Path, rate: FrameRate = RATE) -> ShownCut:
    media = folder / "a film, é" / "media"
    media.mkdir(parents=True)
    one, two = a_take(media, 1, 12, rate=rate), a_take(media, 2, 20, rate=rate)
    events = [an_event(1, 8, one, take_in=3), an_event(2, 20, two), an_event(3, 5, scene="scene_2")]
    return a_cut(events, [one, two], a_film(rate))


@pytest.mark.parametrize("rate", LEGAL_RATES, ids=str)
def test_the_timeline_is_the_cut_at_every_rate(tmp_path: Path, rate: FrameRate) -> None:
    out = otio_formats.export_otio(a_film_of_three(tmp_path, rate), tmp_path / "exports" / "film.otio")
    read = otio.adapters.read_from_file(str(out))
    assert [clip.name for clip in read.find_clips()] == ["1_0010 v001", "1_0020 v001", "1_0030"]
    assert [clip.duration().value for clip in read.find_clips()] == [8, 20, 5]
    assert all(clip.duration().rate == rate.num / rate.den for clip in read.find_clips())
    assert read.global_start_time.value == parse_timecode("01:00:00:00", rate)


def test_a_clip_shows_exactly_its_stretch_of_the_takes_own_timecode(tmp_path: Path) -> None:
    out = otio_formats.export_otio(a_film_of_three(tmp_path), tmp_path / "film.otio")
    clip = next(iter(otio.adapters.read_from_file(str(out)).find_clips()))
    start = parse_timecode("01:00:00:00", FrameRate(24))
    assert (clip.media_reference.available_range.start_time.value, clip.media_reference.available_range.duration.value
            ) == (start, 12)
    assert (clip.source_range.start_time.value, clip.source_range.duration.value) == (start + 3, 8)


def test_links_are_relative_url_references_that_lead_to_the_takes(tmp_path: Path) -> None:
    out = otio_formats.export_otio(a_film_of_three(tmp_path), tmp_path / "exports" / "film.otio")
    clips = list(otio.adapters.read_from_file(str(out)).find_clips())
    url = clips[0].media_reference.target_url
    assert url == "../a%20film%2C%20%C3%A9/media/shot%201%20take%20%C3%A91.mp4"
    assert links.linked_file(url, out.parent).is_file()
    assert isinstance(clips[2].media_reference, otio.schema.MissingReference)


def test_a_film_moved_as_a_whole_keeps_its_links(tmp_path: Path) -> None:
    cut = a_film_of_three(tmp_path)
    otio_formats.export_otio(cut, tmp_path / "a film, é" / "exports" / "film.otio")
    (tmp_path / "a film, é").rename(tmp_path / "moved")
    read = otio.adapters.read_from_file(str(tmp_path / "moved" / "exports" / "film.otio"))
    clip = next(iter(read.find_clips()))
    assert links.linked_file(clip.media_reference.target_url, tmp_path / "moved" / "exports").is_file()


def test_metadata_names_ids_shot_recipe_and_scene_markers(tmp_path: Path) -> None:
    out = otio_formats.export_otio(a_film_of_three(tmp_path), tmp_path / "film.otio")
    read = json.loads(out.read_text())
    clip = read["tracks"]["children"][0]["children"][0]
    assert clip["metadata"]["shotwright"] | {"shot": "shot_1", "take": "take_1_1", "event": "event_1_3"} == clip[
        "metadata"]["shotwright"]
    (reference,) = clip["media_references"].values()
    assert len(reference["metadata"]["shotwright"]["recipe_sha256"]) == 64
    assert reference["metadata"]["shotwright"]["reel"] == "1_00010_v001"
    markers = read["tracks"]["markers"]
    assert [(m["name"], m["marked_range"]["start_time"]["value"], m["marked_range"]["duration"]["value"])
            for m in markers] == [("1 EXT. PLACE 1", 0, 28), ("2 EXT. PLACE 2", 28, 5)]


def test_a_film_of_cards_alone_can_be_handed_over(tmp_path: Path) -> None:
    out = otio_formats.export_otio(a_cut([an_event(1, 9), an_event(2, 3)]), tmp_path / "film.otio")
    assert [c.duration().value for c in otio.adapters.read_from_file(str(out)).find_clips()] == [9, 3]


def test_an_empty_cut_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no shot"):
        otio_formats.export_otio(a_cut([]), tmp_path / "film.otio")


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [
        (lambda clips: clips[0].media_reference.__setattr__("target_url", "media/gone.mp4"), "wrong media"),
        (lambda clips: clips[1].__setattr__("source_range", clips[0].source_range), "another length"),
        (lambda clips: clips[2].metadata["shotwright"].__setitem__("event", "event_x"), "another event"),
    ],
)
def test_a_timeline_that_was_changed_is_found_out(tmp_path: Path, spoil: object, wrong: str) -> None:
    cut = a_film_of_three(tmp_path)
    out = otio_formats.export_otio(cut, tmp_path / "film.otio")
    read = otio.adapters.read_from_file(str(out))
    spoil(list(read.find_clips()))  # type: ignore[operator]
    otio.adapters.write_to_file(read, str(out))
    with pytest.raises(read_back.ReadBackDiffers, match=wrong):
        read_back.check_otio(cut, out)
