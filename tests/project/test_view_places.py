"""Where a picture of a subject stands after it was let go somewhere: a rule for any order of moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import gallery_queries
from studio.project.commands import subject as subjects
from studio.project.commands.view_places import place_view
from tests.builders import a_project, a_reference, a_subject

VIEWS = 5


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenProject]:
    """@mara with five pictures and two changes, @jon with none."""
    made = a_project(tmp_path_factory.mktemp("views"))
    mara = a_subject(made)
    a_subject(made, "@jon")
    for number in range(VIEWS):
        made.run(subjects.add_view, mara, a_reference(made, f"view {number}"))
    for day in (1, 2):
        made.run(subjects.add_wardrobe, mara, day)
    yield made
    made.close()


moves = st.lists(st.tuples(st.integers(0, VIEWS - 1), st.integers(0, 2), st.integers(0, 8)), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_a_view_stands_where_it_was_let_go_and_the_others_keep_their_order(
    film: OpenProject, moves: list[tuple[int, int, int]]
) -> None:
    for which, worn, place in moves:
        card = film.ask(gallery_queries.subject_named, "@mara")
        change = (None, *(one.id for one in card.wardrobe))[worn]
        view = card.views[which].id
        others = [one.id for one in card.views if one.id != view]
        film.run(place_view, view, card.id, change, place)
        after = film.ask(gallery_queries.subject_named, "@mara").views
        shown = [one.id for one in after if one.wardrobe == change]
        assert shown.index(view) == min(place, len(shown) - 1)
        assert [one.id for one in after if one.id != view] == others


def test_one_undo_takes_a_picture_back_to_the_subject_it_came_from(film: OpenProject) -> None:
    mara = film.ask(gallery_queries.subject_named, "@mara")
    film.run(place_view, mara.views[2].id, film.ask(gallery_queries.subject_named, "@jon").id, None, 0)
    assert len(film.ask(gallery_queries.subject_named, "@jon").views) == 1
    film.undo()
    assert film.ask(gallery_queries.subject_named, "@mara").views == mara.views


def test_a_change_of_somebody_else_and_an_unknown_view_are_refused(film: OpenProject) -> None:
    mara, jon = (film.ask(gallery_queries.subject_named, name) for name in ("@mara", "@jon"))
    with pytest.raises(BadValue, match="another subject"):
        film.run(place_view, mara.views[0].id, jon.id, mara.wardrobe[0].id, 0)
    with pytest.raises(NotFound):
        film.run(place_view, "view_gone", mara.id, None, 0)
    assert film.ask(gallery_queries.subject_named, "@mara").views == mara.views
