"""What the viewer plays in each mode, where it stands, and what it says of the place."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import event as events
from studio.project.commands import film
from studio.project.commands import marker as markers
from studio.project.timing import FrameRange
from studio.ui.theme import Look
from studio.ui.viewer.frame_store import LIMIT
from studio.ui.viewer.overlays import Overlays
from tests.builders import a_panel, a_scene, a_shot, a_take
from tests.ui.viewing import FakePlayer, Viewing, viewing


@pytest.fixture
def there(qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> Iterator[Viewing]:
    with viewing(qtbot, look, project, tmp_path) as made:
        yield made


def clocks(there: Viewing) -> tuple[str, str, str]:
    shown = there.viewer.panel.clocks
    return shown.cut.text(), shown.scene.text(), shown.shot.text()


def test_a_shot_a_take_a_scene_and_the_cut_have_their_own_lengths(there: Viewing) -> None:
    lengths = {}
    for mode in ("take", "shot", "scene", "cut"):
        there.desk.show_mode(mode)
        lengths[mode] = there.viewer.sequence.frames
    assert lengths == {"take": 26, "shot": 24, "scene": 96, "cut": 96}


def test_three_clocks_tell_the_place_in_cut_scene_and_shot(there: Viewing) -> None:
    a_scene(there.project, "INT. CABIN - DAY")
    a_shot(there.project, frames=24)
    there.watch.flush()
    there.desk.seek_film(96 + 6)
    assert clocks(there) == ("01:00:04:06", "scene 0:00:06", "shot 0:06 of 1:00")
    there.desk.seek_film(30)
    assert clocks(there) == ("01:00:01:06", "scene 0:01:06", "shot 0:06 of 1:00")


def test_a_frame_of_the_cut_is_shown_wherever_the_viewer_was(there: Viewing) -> None:
    heard: list[int] = []
    there.desk.film_frame_shown.connect(heard.append)
    there.desk.seek_film(50)
    assert (there.viewer.mode, there.viewer.transport.frame, heard[-1]) == ("cut", 50, 50)
    assert there.selection.shot == there.shots[2]
    there.desk.show_mode("scene")
    there.desk.seek_film(3)
    assert (there.viewer.mode, there.viewer.transport.frame) == ("scene", 3)


def test_a_shot_alone_tells_its_frame_of_the_cut(there: Viewing) -> None:
    heard: list[int] = []
    there.desk.film_frame_shown.connect(heard.append)
    there.choose(there.shots[1])
    there.viewer.steps.frame_on()
    assert heard[-1] == 25


def asked_of(there: Viewing, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every query asked from now on."""
    asked: list[object] = []
    ask = there.project.ask
    monkeypatch.setattr(there.project, "ask", lambda query, *args: asked.append(query) or ask(query, *args))
    return asked


def test_one_shot_needs_no_cut_and_an_edit_of_the_cut_reads_it_once(
    there: Viewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = there.project.ask(queries.event_cards)[0]
    asked = asked_of(there, monkeypatch)
    for shot in there.shots:
        there.choose(shot)
    assert not {queries.event_cards, queries.event_cards_again} & set(asked)
    there.desk.show_mode("cut")
    there.project.run(events.edit_event, card.id, flop=True)
    there.watch.flush()
    assert (asked.count(queries.event_cards), asked.count(queries.event_cards_again)) == (1, 1)


def test_a_take_that_arrives_is_played_in_the_cut_at_once(there: Viewing) -> None:
    there.desk.show_mode("cut")
    assert there.viewer.sequence.wanted(50) is None
    a_take(there.project, there.shots[2], movie=True, seed=5)
    there.watch.flush()
    assert there.viewer.sequence.wanted(50) is not None


def test_an_edit_keeps_the_stretches_it_did_not_touch(there: Viewing) -> None:
    there.desk.show_mode("cut")
    before = there.viewer.sequence.stretches
    card = there.project.ask(queries.event_cards)[1]
    there.project.run(events.edit_event, card.id, flop=True)
    there.watch.flush()
    after = there.viewer.sequence.stretches
    assert [one is other for one, other in zip(before, after, strict=True)] == [True, False, True, True]


def test_match_frame_goes_to_the_take_at_the_same_picture_and_back(there: Viewing) -> None:
    there.desk.seek_film(7)
    seen = there.grey()
    there.desk.match_frame()
    assert there.viewer.mode == "take"
    assert there.grey() == seen
    there.viewer.steps.frame_on()
    there.desk.match_frame()
    assert (there.viewer.mode, there.viewer.film_frame) == ("cut", 8)


def test_match_frame_without_a_take_says_so_and_stays(there: Viewing) -> None:
    there.desk.seek_film(40)
    there.desk.match_frame()
    assert there.told == ["There is no take under the playhead."]
    assert there.viewer.mode == "cut"


def test_flop_mirrors_and_reverse_plays_backwards_from_the_take(there: Viewing) -> None:
    card = there.project.ask(queries.event_cards)[0]
    there.desk.show_mode("cut")
    there.project.run(events.edit_event, card.id, speed_num=-1, speed_den=1, shot_in=10)
    there.watch.flush()
    assert [there.viewer.sequence.wanted(frame).take_frame for frame in range(5)] == [10, 9, 8, 7, 6]
    there.project.run(events.edit_event, card.id, flop=True)
    there.watch.flush()
    there.settle()
    assert there.viewer.picture.shown.picture.frame.flop


def test_a_framing_is_drawn_from_a_picture_large_enough(there: Viewing) -> None:
    card = there.project.ask(queries.event_cards)[0]
    there.project.run(events.edit_event, card.id, framing_start=(0.25, 0.25, 0.5, 0.5))
    there.watch.flush()
    there.desk.seek_film(0)
    there.settle()
    plate = there.viewer.picture.shown.picture
    assert plate.part(there.viewer.picture.picture_box()).getRect() == (0.25, 0.25, 0.5, 0.5)


@pytest.mark.parametrize(("typed", "frame"), [("01:00:02:00", 48), ("2:00", 48), ("12", 12), ("+5", 25), ("-1:00", 0)])
def test_a_typed_time_is_gone_to(there: Viewing, typed: str, frame: int) -> None:
    there.desk.show_mode("cut")
    there.viewer.transport.seek(20)
    there.viewer.steps.type_time(typed)
    assert there.viewer.transport.frame == frame


def test_a_typed_timecode_outside_the_shot_goes_to_the_cut_and_nonsense_is_refused(there: Viewing) -> None:
    refused: list[object] = []
    there.viewer.steps.refused.connect(refused.append)
    there.viewer.steps.type_time("01:00:03:00")
    assert (there.viewer.mode, there.viewer.film_frame) == ("cut", 72)
    for nonsense in ("00:59:00:00", "soon", "1:2:3:4:5"):
        there.viewer.steps.type_time(nonsense)
    assert len(refused) == 3
    assert there.viewer.film_frame == 72


@pytest.mark.parametrize("start", ["01:00:00:00", "01:00:00;00"])
def test_the_clock_counts_as_the_films_start_is_written(there: Viewing, start: str) -> None:
    there.desk.show_mode("cut")
    there.project.run(film.set_film, rate="29.97", start_timecode=start)
    there.watch.flush()
    there.viewer.steps.go_to(0)
    assert there.viewer.panel.clocks.cut.text() == start


def test_the_clock_becomes_a_field_that_enter_obeys_and_escape_leaves(qtbot: QtBot, there: Viewing) -> None:
    there.desk.show_mode("cut")
    for typed, key, frame in (("5", Qt.Key.Key_Return, 5), ("9", Qt.Key.Key_Escape, 5)):
        there.viewer.type_timecode()
        field = there.viewer.panel.clocks.field
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, key)
        assert there.viewer.transport.frame == frame
        assert field.isHidden()


def test_markers_stand_on_the_bar_where_their_frame_is(there: Viewing) -> None:
    for film_frame in (60, 10):
        there.project.run(markers.add_marker, film_frame, f"at {film_frame}")
    there.watch.flush()
    there.desk.show_mode("cut")
    assert there.viewer.steps.markers() == [10, 60]
    there.desk.show_mode("shot")
    assert there.viewer.steps.markers() == []


def test_marks_are_kept_through_an_edit_and_go_with_another_shot(there: Viewing) -> None:
    there.desk.show_mode("cut")
    there.viewer.transport.seek(10)
    there.viewer.transport.set_in()
    card = there.project.ask(queries.event_cards)[1]
    there.project.run(events.edit_event, card.id, flop=True)
    there.watch.flush()
    assert there.viewer.transport.mark_in == 10
    there.desk.show_mode("shot")
    assert there.viewer.transport.mark_in is None


def test_a_take_deleted_behind_the_studio_is_named_on_the_picture_and_the_rest_plays(there: Viewing) -> None:
    take = next(take for take in there.current.takes if take.id != there.current.card.chosen_take)
    take.media.unlink()
    there.selection.look_at(take=take.id)
    there.settle()
    assert take.media.name[:16] in there.viewer.picture.shown.picture.foot
    there.desk.show_mode("cut")
    assert there.grey() > 0
    there.viewer.transport.seek(30)
    there.settle()
    assert there.viewer.picture.words.number == there.project.ask(queries.shot_card, there.shots[1]).number


def test_the_frames_kept_stay_within_their_bound(there: Viewing) -> None:
    there.desk.show_mode("take")
    for frame in range(there.viewer.sequence.frames):
        there.viewer.transport.seek(frame)
        there.settle()
    assert 0 < there.viewer.presenter.store.bytes_kept <= LIMIT


def test_sound_is_heard_where_the_picture_is_and_says_what_frame_is_due(there: Viewing) -> None:
    player = FakePlayer()
    there.viewer.hear(player)
    there.choose(there.shots[1])
    there.viewer.transport.play(1)
    assert player.played == [(24, Fraction(1), None)]
    player.now = Fraction(24 + 9)
    there.viewer.transport.tick()
    assert there.viewer.transport.frame == 9
    there.viewer.transport.stop()
    assert player.now is None


def test_a_loop_of_the_sound_is_that_of_the_picture(there: Viewing) -> None:
    player = FakePlayer()
    there.viewer.hear(player)
    there.choose(there.shots[1])
    for frame, mark in ((3, there.viewer.transport.set_in), (7, there.viewer.transport.set_out)):
        there.viewer.transport.seek(frame)
        mark()
    there.viewer.transport.set_loop(True)
    there.viewer.transport.play(1)
    assert player.played[-1] == (24 + 3, Fraction(1), FrameRange(24 + 3, 5))


def test_steps_and_drags_are_audible_and_another_shot_is_not(there: Viewing) -> None:
    player = FakePlayer()
    there.viewer.hear(player)
    there.choose(there.shots[1])
    there.viewer.steps.frame_on()
    there.viewer.scrub.scrubbed.emit(10)
    assert player.scrubbed == [25, 34]


def test_frames_that_came_too_late_are_counted(there: Viewing) -> None:
    player = FakePlayer()
    there.viewer.hear(player)
    there.desk.show_mode("cut")
    there.viewer.transport.seek(30)
    there.settle()
    there.viewer.transport.play(1)
    player.now = Fraction(30 + 4)
    there.viewer.transport.tick()
    assert there.viewer.panel.dropped.text() == "3 not shown"
    there.viewer.transport.stop()
    there.viewer.transport.play(1)
    assert there.viewer.panel.dropped.text() == ""


def test_the_onion_skin_is_the_last_picture_of_the_shot_before(there: Viewing) -> None:
    there.viewer.show_overlays(Overlays(onion=40))
    panel = a_panel(there.project, there.shots[1])
    there.watch.flush()
    assert panel
    there.desk.seek_film(24)
    there.settle()
    onion = there.viewer.picture.shown.onion
    assert onion is not None
    assert onion.frame.take_frame == there.viewer.sequence.wanted(23).take_frame
    there.desk.show_mode("shot")
    there.settle()
    assert there.viewer.picture.shown.onion.frame.take_frame == onion.frame.take_frame


def test_trimming_shows_last_and_first_picture_until_it_ends(there: Viewing) -> None:
    cards = there.project.ask(queries.event_cards)
    there.desk.show_mode("cut")
    there.desk.show_trim(cards[0], cards[1], "Trimming the end of 1", "tail")
    there.settle()
    left, right = there.viewer.picture.shown.panes
    assert left.active and not right.active
    assert left.picture.frame.take_frame == there.viewer.sequence.wanted(23).take_frame
    assert right.picture.words.number == cards[1].shot_number
    there.desk.end_trim()
    there.settle()
    assert there.viewer.picture.shown.panes is None


def test_the_picture_is_as_large_as_chosen_and_stays_in_reach(there: Viewing) -> None:
    there.viewer.choose_zoom(200)
    assert there.viewer.picture.picture_box().size().toSize() == there.viewer.picture.aspect * 2
    there.viewer.next_size()
    assert there.viewer.picture.zoom == 0
    assert there.viewer.header.zoom.text() == "Fit"
