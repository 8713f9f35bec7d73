"""Lanes and sound clips: where they lie, what they follow, what trims and splits leave to be heard."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.errors import BadValue, NotFound, Refused, StudioError
from studio.open_project import OpenProject
from studio.project import queries, sound_queries
from studio.project.commands import cut, marker, shot, sound
from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.media import Imported
from studio.project.sound_files import samples_in
from studio.project.sound_time import sample_of
from studio.project.sound_trimming import Stretch, head_limits, split, tail_limits, trimmed_head, trimmed_tail
from studio.project.timing import LEGAL_RATES, FrameRate
from tests.builders import a_shot

FILE = f"{'a' * 64}.wav"
stretches = st.builds(Stretch, st.integers(0, 200_000), st.integers(0, 10**8), st.integers(1, 10**7))
rates = st.sampled_from(LEGAL_RATES)


def a_wav(path: Path, samples: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2), file.setsampwidth(2), file.setframerate(48_000)
        file.writeframes(bytes(4 * samples))
    return path


def a_file(name: str, samples: int, kind: str = "sound") -> Imported:
    return Imported("a" * 64, FILE, FILE, name, kind, samples=samples)


def lanes(project: OpenProject) -> list[LaneCard]:
    return list(project.ask(sound_queries.lane_cards))


def lane(project: OpenProject, place: int = 0) -> str:
    return lanes(project)[place].id


def clips(project: OpenProject, cut_id: str | None = None) -> list[SoundCard]:
    return list(project.ask(sound_queries.sound_cards, cut_id))


def a_clip(project: OpenProject, film_frame: int, frames: int = 24, lane_id: str = "", **fields: Any) -> str:
    given = {"media": FILE, "film_frame": film_frame, "source_length": frames * 2000}
    return project.run(sound.add_sound, lane_id or lane(project), **given | fields).new("sound_clip")


def the(project: OpenProject, clip: str) -> SoundCard:
    return next(card for card in clips(project) if card.id == clip)


def refused(project: OpenProject, kind: type[StudioError], command: Any, *args: Any, **kwargs: Any) -> str:
    before = clips(project), lanes(project)
    with pytest.raises(kind) as told:
        project.run(command, *args, **kwargs)
    assert (clips(project), lanes(project)) == before and told.value.hint
    return told.value.sentence


# --- what a trim does, without a film ----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(stretches, st.integers(-5_000, 5_000), rates)
def test_a_trimmed_head_leaves_every_sample_at_its_film_time(one: Stretch, by: int, rate: FrameRate) -> None:
    after = trimmed_head(one, by, rate)
    low, high = head_limits(one, rate)
    assert after.film_frame - one.film_frame == max(low, min(by, high))
    assert after.film_frame >= 0 and after.source_start >= 0 and after.source_length > 0
    assert after.source_start + after.source_length == one.source_start + one.source_length
    assert sample_of(after.film_frame, rate) - after.source_start == sample_of(one.film_frame, rate) - one.source_start


@settings(max_examples=60, deadline=None)
@given(stretches, st.integers(-5_000, 5_000), st.integers(0, 10**6), rates)
def test_a_trimmed_tail_stays_within_its_file(one: Stretch, by: int, more: int, rate: FrameRate) -> None:
    samples = one.source_start + one.source_length + more
    after = trimmed_tail(one, by, samples, rate)
    low, high = tail_limits(one, samples, rate)
    assert after.frames(rate) - one.frames(rate) == max(low, min(by, high))
    assert (after.film_frame, after.source_start) == (one.film_frame, one.source_start)
    assert 0 < after.source_length <= samples - one.source_start


@settings(max_examples=60, deadline=None)
@given(stretches, st.integers(0, 10**6), rates)
def test_halves_of_a_split_are_the_whole(one: Stretch, at: int, rate: FrameRate) -> None:
    if (length := one.frames(rate)) < 2:
        return
    left, right = split(one, 1 + at % (length - 1), rate)
    assert left.source_length + right.source_length == one.source_length
    assert right.source_start == left.source_start + left.source_length
    assert (left.frames(rate) + right.frames(rate), right.film_frame) == (length, left.film_frame + left.frames(rate))


@settings(max_examples=40, deadline=None)
@given(stretches, st.integers(1, 500), rates)
def test_a_tail_trimmed_and_drawn_out_again_is_the_same(one: Stretch, by: int, rate: FrameRate) -> None:
    by = min(by, one.frames(rate) - 1)
    samples = one.source_start + one.source_length
    assert trimmed_tail(trimmed_tail(one, -by, samples, rate), by, samples, rate) == one


# --- clips -------------------------------------------------------------------------------------------------------


def test_clips_show_where_they_start_and_how_long_they_last(project: OpenProject) -> None:
    a_shot(project, frames=10), a_shot(project, frames=20)
    a_wav(project.media.media / FILE, 60_000)
    a_clip(project, 12, source_length=50_001, name="Foghorn")
    card, = clips(project)
    second = project.ask(queries.event_cards)[1].id
    assert (card.film_frame, card.frames, card.event, card.source_samples) == (12, 26, second, 60_000)
    assert (card.name, card.media, card.source_length) == ("Foghorn", project.media.media / FILE, 50_001)


def test_a_missing_file_has_no_samples(project: OpenProject) -> None:
    a_clip(project, 0)
    assert clips(project)[0].source_samples == 0


def test_files_are_laid_one_after_the_other(project: OpenProject) -> None:
    made = project.run(sound.add_sounds, lane(project, 2), [a_file("01 Wind.wav", 4_001), a_file("02.wav", 2_000)], 5)
    assert [(c.name, c.film_frame, c.frames) for c in clips(project)] == [("01 Wind", 5, 3), ("02", 8, 1)]
    assert [one for kind, one in made.created if kind == "sound_clip"] == [c.id for c in clips(project)]
    project.undo()
    assert clips(project) == []


def test_only_sounds_are_laid_on_a_lane(project: OpenProject) -> None:
    said = refused(project, BadValue, sound.add_sounds, lane(project), [a_file("pier.png", 0, "picture")], 0)
    assert said == "pier.png is a picture and no sound."


def test_a_clip_goes_to_another_lane_at_its_time(project: OpenProject) -> None:
    a_shot(project, frames=10), a_shot(project, frames=20)
    one = a_clip(project, 15)
    project.run(sound.edit_sound, one, lane=lane(project, 2))
    assert (the(project, one).film_frame, the(project, one).event) == (15, None)
    project.run(sound.edit_sound, one, lane=lane(project, 1))
    assert (the(project, one).film_frame, the(project, one).event) == (15, project.ask(queries.event_cards)[1].id)


def test_many_clips_move_together_or_not_at_all(project: OpenProject) -> None:
    ids = [a_clip(project, frame) for frame in (3, 50)]
    project.run(sound.move_sounds, ids, -3)
    assert [c.film_frame for c in clips(project)] == [0, 47]
    refused(project, BadValue, sound.move_sounds, list(reversed(ids)), -1)


def test_trims_reach_as_far_as_the_file(project: OpenProject) -> None:
    a_wav(project.media.media / FILE, 48_000)
    one = a_clip(project, 10, frames=10, source_start=4_000)
    project.run(sound.trim_sound_head, one, -2)
    project.run(sound.trim_sound_tail, one, 12)
    card = the(project, one)
    assert (card.film_frame, card.source_start, card.source_length) == (8, 0, 48_000)
    assert "no further" in refused(project, BadValue, sound.trim_sound_tail, one, 1)
    assert "no further" in refused(project, BadValue, sound.trim_sound_head, one, -1)
    refused(project, BadValue, sound.trim_sound_head, one, 24)
    refused(project, BadValue, sound.edit_sound, one, source_length=48_001)


def test_a_split_sound_is_heard_as_before(project: OpenProject) -> None:
    a_shot(project, frames=10), a_shot(project, frames=30)
    one = a_clip(project, 4, frames=20)
    project.run(sound.edit_sound, one, gain=-6.0)
    second = project.run(sound.split_sound, one, 14).new("sound_clip")
    left, right = the(project, one), the(project, second)
    assert [(c.film_frame, c.frames, c.gain) for c in (left, right)] == [(4, 10, -6.0), (14, 10, -6.0)]
    assert right.source_start == left.source_start + left.source_length
    assert [c.event for c in (left, right)] == [card.id for card in project.ask(queries.event_cards)]
    for bad in (4, 14, 200):
        refused(project, BadValue, sound.split_sound, one, bad)
    refused(project, Refused, sound.split_sound, a_clip(project, 0, frames=1), 0)


def test_sound_of_an_omitted_shot_waits_with_it(project: OpenProject) -> None:
    first = a_shot(project, frames=10)
    a_shot(project, frames=20)
    waits, stays = a_clip(project, 2), a_clip(project, 12)
    project.run(shot.omit_shot, first)
    assert [(c.id, c.film_frame) for c in clips(project)] == [(stays, 2)]
    refused(project, Refused, sound.trim_sound_head, waits, 1)
    project.run(sound.edit_lane, lane(project), follows=False)
    project.run(shot.restore_shot, first)
    assert {c.id: (c.film_frame, c.event is None) for c in clips(project)} == {waits: (2, False), stays: (2, True)}


def test_gain_has_limits(project: OpenProject) -> None:
    one = a_clip(project, 0)
    for bad in (-97, 24.5, float("nan"), "loud"):
        refused(project, BadValue, sound.edit_sound, one, gain=bad)
        refused(project, BadValue, sound.edit_lane, lane(project), gain=bad)


def test_sound_of_an_earlier_cut_is_heard_and_not_edited(project: OpenProject) -> None:
    a_shot(project, frames=10)
    one, old = a_clip(project, 5), project.ask(queries.film_card).current_cut
    project.run(cut.save_cut, "Fine cut")
    assert [c.film_frame for c in clips(project, old)] == [5] and the_new(project) != one
    refused(project, Refused, sound.remove_sound, one)
    project.run(sound.remove_sounds, [the_new(project)])
    assert clips(project) == [] and len(clips(project, old)) == 1


def the_new(project: OpenProject) -> str:
    return clips(project)[0].id


# --- lanes -------------------------------------------------------------------------------------------------------


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 80), max_size=5), st.booleans())
def test_nothing_moves_when_a_lane_begins_to_follow_or_stops(
    project: OpenProject, frames: list[int], follows: bool
) -> None:
    if not project.ask(queries.shot_cards):
        a_shot(project, frames=10), a_shot(project, frames=20)
    home = project.run(sound.add_lane, "Foley", follows).new("lane")
    for frame in frames:
        a_clip(project, frame, lane_id=home)
    before = [(c.id, c.film_frame, c.event) for c in clips(project)]
    project.run(sound.edit_lane, home, follows=not follows)
    after = clips(project)
    assert [(c.id, c.film_frame) for c in after] == [one[:2] for one in before]
    assert all((c.event is not None) == (not follows and c.film_frame < 30) for c in after if c.lane == home)
    project.undo()
    assert [(c.id, c.film_frame, c.event) for c in clips(project)] == before
    project.run(sound.remove_lane, home)


def test_solo_silences_the_other_lanes(project: OpenProject) -> None:
    first, second, _ = (card.id for card in lanes(project))
    project.run(sound.edit_lane, first, solo=True)
    assert [card.audible for card in lanes(project)] == [True, False, False]
    project.run(sound.edit_lane, first, mute=True)
    project.run(sound.edit_lane, second, solo=True)
    assert [card.audible for card in lanes(project)] == [False, True, False]


def test_lanes_are_put_in_order(project: OpenProject) -> None:
    project.run(sound.move_lane, lane(project, 2), 0)
    assert [card.name for card in lanes(project)] == ["Music", "Dialogue", "Effects"]
    refused(project, BadValue, sound.move_lane, lane(project), 3)


# --- files and markers -------------------------------------------------------------------------------------------


def test_samples_are_read_from_the_head_of_the_file(tmp_path: Path) -> None:
    path = a_wav(tmp_path / "a.wav", 1_234)
    assert samples_in(path) == 1_234
    whole = path.read_bytes()
    path.write_bytes(whole[:36] + b"LIST\x05\0\0\0abcde\0" + whole[36:])
    assert samples_in(path) == 1_234
    path.write_bytes(whole[:-400])
    assert samples_in(path) == 1_134
    for broken in (b"", b"RIFF", b"RIFF\0\0\0\0WAVEdata", b"not a sound at all, but longer than a head of one"):
        path.write_bytes(broken)
        assert samples_in(path) == 0
    path.unlink()
    assert samples_in(path) == 0


def test_a_link_in_place_of_a_sound_counts_as_missing(tmp_path: Path) -> None:
    outside, path = a_wav(tmp_path / "outside.wav", 1_234), tmp_path / "a.wav"
    path.symlink_to(outside)
    assert samples_in(path) == 0


def test_markers_are_listed_by_time(project: OpenProject) -> None:
    later = project.run(marker.add_marker, 30, "Storm").new("marker")
    project.run(marker.add_marker, 5)
    project.run(marker.edit_marker, later, name="Storm breaks", film_frame=31)
    assert [(m.film_frame, m.name) for m in project.ask(sound_queries.marker_cards)] == [(5, ""), (31, "Storm breaks")]
    project.run(marker.remove_marker, later)
    with pytest.raises(NotFound):
        project.run(marker.edit_marker, later, name="gone")
