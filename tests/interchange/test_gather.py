"""A real film, read for an export."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from studio.errors import NotFound
from studio.interchange import movie, otio_formats, read_back, shown_cut
from studio.open_project import OpenProject
from studio.project import cut_queries, queries
from studio.project.commands import cut, event, trim
from studio.project.commands import marker as markers
from studio.project.commands import sound as sounds
from tests.builders import a_panel, a_project, a_shot, a_take
from tests.interchange.cuts import a_sound


@pytest.fixture
def project(tmp_path: Path) -> Iterator[OpenProject]:
    with closing(a_project(tmp_path)) as opened:
        yield opened


def a_whole_film(project: OpenProject, folder: Path) -> None:
    """A take, panels and a bare shot; a sound and a marker."""
    taken, boarded, _ = (a_shot(project, frames=12) for _ in range(3))
    a_take(project, taken, movie=True)
    a_panel(project, boarded)
    lane = project.ask(shown_cut.gather).lanes[0].id
    imported = project.media.import_sound(a_sound(folder, 0, 24000).media)
    project.run(sounds.add_sounds, lane, [imported], 6)
    project.run(markers.add_marker, 5, "here")


def test_everything_of_a_film_reaches_its_exports(project: OpenProject, tmp_path: Path) -> None:
    a_whole_film(project, tmp_path)
    first, *_ = project.ask(queries.event_cards)
    project.run(event.edit_event, first.id, flop=True, framing_start=(0.25, 0.25, 0.5, 0.5),
                framing_end=(0.0, 0.0, 1.0, 1.0), ease="out")
    found = project.ask(shown_cut.gather)
    assert (found.frames, len(found.sounds), len(found.markers)) == (36, 1, 1)
    assert (shown_cut.missing_shots(found), shown_cut.boarded_shots(found)) == (1, 1)
    facts = read_back.movie_facts(movie.export_movie(found, tmp_path / "film.mp4"))
    assert (facts.frames, facts.sound) == (36, 72000)
    otio_formats.export_otio(found, tmp_path / "film.otio")


def test_an_earlier_cut_is_gathered_as_it_was(project: OpenProject, tmp_path: Path) -> None:
    a_whole_film(project, tmp_path)
    before = project.ask(shown_cut.gather)
    project.run(cut.save_cut, "Shorter")
    project.run(trim.trim_tail, project.ask(queries.event_cards)[1].id, -4)
    old = next(one for one in project.ask(cut_queries.cut_cards) if not one.current)
    kept, now = project.ask(shown_cut.gather, old.id), project.ask(shown_cut.gather)
    assert (kept.frames, now.frames) == (36, 32)
    assert kept.version is not None and now.version is not None
    assert (kept.version.id, now.version.name) == (before.film.current_cut, "Shorter")
    assert [one.film_frame for one in kept.sounds] == [6] and [one.name for one in kept.markers] == ["here"]
    movie.export_movie(kept, tmp_path / "kept.mp4")


def test_a_cut_the_film_does_not_have_is_named(project: OpenProject) -> None:
    with pytest.raises(NotFound):
        project.ask(shown_cut.gather, "cut_of_nobody")
