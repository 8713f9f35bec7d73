"""What the exchange file says of effects, panels, sound and markers, read by OpenTimelineIO's own rules."""

import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pytest

from studio.interchange import links, losses, otio_formats, read_back
from studio.interchange.shown_cut import ShownCut
from studio.project.cut_cards import MarkerCard, PanelShown, Stroke
from studio.project.shown import WHOLE, shown_at
from studio.project.sound_time import sample_of
from studio.project.timing import LEGAL_RATES, FrameRate, parse_timecode
from tests.builders import a_picture
from tests.interchange.cuts import RATE, a_cut, a_film, a_lane, a_sound, a_take, an_event

CORNER = (0.5, 0.5, 0.5, 0.5)
LINE = Stroke("arrow", ((0.125, 0.25), (0.5, 0.7)), 0.01, "#FF0000")


def exported(cut: ShownCut, folder: Path) -> otio.schema.Timeline:
    """The file, which the export has compared with the cut already."""
    out = otio_formats.export_otio(cut, folder / "film.otio")
    return otio.adapters.read_from_file(str(out))


def take_frames(clip: otio.schema.Clip, start: str) -> list[int]:
    """The frames of its take that a clip shows by OpenTimelineIO's rules, with its one time effect."""
    scalar = clip.effects[0].time_scalar if clip.effects else 1.0
    first = clip.source_range.start_time.value - parse_timecode(start, RATE)
    count = round(clip.duration().value)
    played = [math.floor(first + f * abs(scalar) + 1e-9) for f in range(count)]
    return played[::-1] if scalar < 0 else played


@pytest.mark.parametrize("fields", [
    {"take_in": 3}, {"take_in": 3, "speed": (2, 1)}, {"speed": (1, 2)}, {"take_in": 25, "speed": (-1, 1)},
    {"take_in": 4, "hold": "first"}, {"take_in": 4, "hold": "last"}, {"take_in": 24}, {"take_in": -3},
])
def test_a_program_that_knows_time_effects_plays_the_frames_of_the_cut(tmp_path: Path, fields: dict) -> None:
    take = a_take(tmp_path, 1, 30)
    cut = a_cut([an_event(1, 10, take, **fields)], [take])
    clips = list(exported(cut, tmp_path).find_clips())
    played = [frame for clip in clips for frame in take_frames(clip, take.timecode)]
    assert played == [shown_at(cut.events[0], RATE, frame).take_frame for frame in range(10)]


def test_what_a_take_does_not_have_is_a_frozen_clip_of_its_own(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 6)
    first, held = exported(a_cut([an_event(1, 10, take, take_in=2)], [take]), tmp_path).find_clips()
    assert (first.duration().value, len(first.effects)) == (4, 0)
    assert held.duration().value == 6 and isinstance(held.effects[0], otio.schema.FreezeFrame)
    assert held.metadata["shotwright"]["held"]


def test_speeds_no_float_can_hold_stand_in_the_metadata(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 30)
    event = an_event(1, 10, take, take_in=3, take_phase=Fraction(1, 3), speed=(7, 3))
    (clip,) = exported(a_cut([event], [take]), tmp_path).find_clips()
    facts = clip.metadata["shotwright"]
    assert (facts["speed"], facts["take_in"]) == ("7/3", "10/3")


@pytest.mark.parametrize("speed", [(1, 11), (5, 11), (-10, 11)])
def test_numbers_that_the_reader_of_timelines_takes_for_their_neighbours_fail_no_export(
    tmp_path: Path, speed: tuple[int, int]
) -> None:
    part = 17.5 / 19
    drawn = (0.3 / 19, 0.3 / 19, part, part)
    take = a_take(tmp_path, 1, 30)
    event = an_event(1, 10, take, speed=speed, take_in=12, framing_start=drawn, framing_end=WHOLE)
    sounds = [replace(a_sound(tmp_path, 1, 9_000), gain=-1.1 / 3)]
    exported(a_cut([event], [take], lanes=(a_lane(gain=-5 / 9),), sounds=tuple(sounds)), tmp_path)


def test_flop_and_framing_stand_in_the_metadata(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 30)
    event = an_event(1, 10, take, flop=True, framing_start=WHOLE, framing_end=CORNER, ease="both")
    (clip,) = exported(a_cut([event], [take]), tmp_path).find_clips()
    facts = clip.metadata["shotwright"]
    (framing,) = facts["framings"]
    assert facts["flop"] and framing["ease"] == "both"
    assert (list(framing["start"]), list(framing["end"])) == (list(WHOLE), list(CORNER))


def test_panels_are_clips_that_refer_to_their_pictures(tmp_path: Path) -> None:
    panels = tuple(
        PanelShown(f"p{n}", a_picture(tmp_path / f"{n}.png"), frames, strokes=(LINE,)) for n, frames in ((1, 4), (2, 6))
    )
    clips = list(exported(a_cut([an_event(1, 10, panels=panels)]), tmp_path).find_clips())
    assert [clip.duration().value for clip in clips] == [4, 6]
    assert [links.linked_file(clip.media_reference.target_url, tmp_path).name for clip in clips] == ["1.png", "2.png"]
    facts = clips[0].metadata["shotwright"]
    assert facts["missing_shot"] and facts["strokes"][0]["colour"] == "#FF0000"


@pytest.mark.parametrize("rate", LEGAL_RATES, ids=str)
def test_sounds_lie_at_their_samples_at_every_rate(tmp_path: Path, rate: FrameRate) -> None:
    sounds = (a_sound(tmp_path, 5, 4800, rate=rate), a_sound(tmp_path, 40, 9600, rate=rate, source_start=700))
    cut = a_cut([an_event(1, 90)], (), a_film(rate), lanes=(a_lane(),), sounds=sounds)
    (track,) = exported(cut, tmp_path).audio_tracks()
    found = [(clip.range_in_parent().start_time.value, clip.source_range.start_time.value, clip.duration().value)
             for clip in track.find_clips()]
    assert found == [(sample_of(5, rate), 0, 4800), (sample_of(40, rate), 700, 9600)]


def test_a_lane_is_a_track_and_clips_over_each_other_need_one_more(tmp_path: Path) -> None:
    music = a_lane("music", follows=False, mute=True, audible=False, gain=-6.0)
    sounds = (a_sound(tmp_path, 0, 48000, name="one"), a_sound(tmp_path, 10, 4800, name="two"),
              a_sound(tmp_path, 2, 4800, lane="lane_music", name="song"))
    read = exported(a_cut([an_event(1, 48)], lanes=(a_lane(), music), sounds=sounds), tmp_path)
    assert [(track.name, track.enabled) for track in read.audio_tracks()] == [
        ("dialogue", True), ("dialogue 2", True), ("music", False)]
    assert read.audio_tracks()[2].metadata["shotwright"]["gain"] == -6.0


def test_what_sounds_before_the_film_is_cut_off(tmp_path: Path) -> None:
    cut = a_cut([an_event(1, 48)], lanes=(a_lane(),), sounds=(a_sound(tmp_path, -2, 48000),))
    read = exported(cut, tmp_path)
    (clip,) = read.audio_tracks()[0].find_clips()
    assert (clip.range_in_parent().start_time.value, clip.source_range.start_time.value) == (0, 4000)


def test_a_sound_without_a_file_is_an_empty_clip(tmp_path: Path) -> None:
    gone = replace(a_sound(tmp_path, 0, 4800), source_samples=0)
    cut = a_cut([an_event(1, 48)], lanes=(a_lane(),), sounds=(gone,))
    (clip,) = exported(cut, tmp_path).audio_tracks()[0].find_clips()
    assert isinstance(clip.media_reference, otio.schema.MissingReference)


def test_the_cuts_markers_stand_beside_those_of_its_scenes(tmp_path: Path) -> None:
    cut = a_cut([an_event(1, 48)], markers=(MarkerCard("marker_1", 17, "the light goes out"),))
    found = [(one.name, one.marked_range.start_time.value) for one in exported(cut, tmp_path).tracks.markers]
    assert found == [("1 EXT. PLACE 1", 0), ("the light goes out", 17)]


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [
        (lambda read: next(iter(read.find_clips())).effects.clear(), "another speed"),
        (lambda read: read.audio_tracks()[0].pop(0), "sounds of lane dialogue differ"),
        (lambda read: read.audio_tracks()[0].__setattr__("enabled", False), "lane dialogue differs"),
        (lambda read: read.tracks.pop(1), "0 tracks of sound, not 1"),
        (lambda read: read.tracks.markers.pop(1), "markers are others"),
        (lambda read: next(iter(read.find_clips())).metadata["shotwright"].__setitem__("flop", True), "other facts"),
        (lambda read: read.metadata["shotwright"].__setitem__("cut", "cut_b"), "another cut"),
    ],
)
def test_a_timeline_that_was_changed_is_found_out(tmp_path: Path, spoil: object, wrong: str) -> None:
    take = a_take(tmp_path, 1, 30)
    cut = a_cut([an_event(1, 10, take, speed=(2, 1))], [take], lanes=(a_lane(),), sounds=(a_sound(tmp_path, 3, 4800),),
                markers=(MarkerCard("marker_1", 4, "here"),))
    out = otio_formats.export_otio(cut, tmp_path / "film.otio")
    read = otio.adapters.read_from_file(str(out))
    spoil(read)  # type: ignore[operator]
    otio.adapters.write_to_file(read, str(out))
    with pytest.raises(read_back.ReadBackDiffers, match=wrong):
        read_back.check_otio(cut, out)


def test_what_other_programs_will_not_show_is_told_by_shot(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 30)
    panel = PanelShown("p1", tmp_path / "1.png", 5, strokes=(LINE,))
    cut = a_cut(
        [an_event(1, 5, take, flop=True), an_event(2, 5, panels=(panel,)), an_event(3, 5),
         an_event(4, 5, take, take_in=9, speed=(-1, 1), framing_start=CORNER, framing_end=WHOLE)],
        [take], lanes=(a_lane(gain=3.0), a_lane("effects")),
        sounds=(a_sound(tmp_path, 3, 4800), a_sound(tmp_path, 4, 4800, lane="lane_effects")),
    )
    assert [(one.what, one.names) for one in losses.losses(cut)] == [
        ("Flop", ("1_0010",)), ("Reframing", ("1_0040",)), ("Drawn lines", ("1_0020",)), ("Reverse", ("1_0040",)),
        ("Missing shots", ("1_0030",)), ("Loudness", ("dialogue",))]


def test_a_plain_cut_loses_nothing(tmp_path: Path) -> None:
    take = a_take(tmp_path, 1, 30)
    cut = a_cut([an_event(1, 5, take, speed=(2, 1)), an_event(1, 5, take, hold="last")], [take], lanes=(a_lane(),),
                sounds=(a_sound(tmp_path, 3, 4800),))
    assert losses.losses(cut) == ()


def test_many_shots_are_named_in_part() -> None:
    (loss,) = losses.losses(a_cut([an_event(n, 5) for n in range(1, 9)]))
    assert loss.sentence == ("Missing shots: 1_0010, 1_0020, 1_0030, 1_0040, 1_0050 and 3 more. "
                             "The timeline has an empty clip there.")
