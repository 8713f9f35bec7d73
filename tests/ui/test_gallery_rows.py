"""Which rows the gallery has, where they stand, and what names of files say: rules without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint

from studio.project.gallery_cards import ExceptionCard
from studio.ui.gallery.geometry import FOLDED_BELOW, PAD, GalleryGeometry
from studio.ui.gallery.new_subject import guessed_kind, guessed_name
from studio.ui.gallery.rows import ChangeRow, GroupRow, SubjectRow, rows_of
from studio.ui.gallery.view_card import in_shots
from studio.ui.gallery.wearing import by_story_day, in_scene, in_shot
from tests.ui.gallery_cards import change_card, scene_card, subject_card, view_card

MARA = subject_card("@mara", 2, description="yellow raincoat", shots=7)
LANTERN = subject_card("@lantern", 1, kind="prop", description="brass and glass")
PIER = subject_card("@pier", kind="location")


def names(rows: list) -> list[str]:
    return [row.kind if isinstance(row, GroupRow) else row.card.name for row in rows]


def test_kinds_come_in_their_order_with_their_subjects_under_them() -> None:
    rows = rows_of([PIER, MARA, LANTERN])
    assert names(rows) == ["character", "@mara", "prop", "@lantern", "location", "@pier"]
    assert [row.count for row in rows if isinstance(row, GroupRow)] == [1, 1, 1]


def test_a_folded_kind_hides_its_subjects_and_keeps_its_count() -> None:
    assert names(rows_of([MARA, LANTERN], folded=["character"])) == ["character", "prop", "@lantern"]


@pytest.mark.parametrize(("sought", "found"), [("mar", ["@mara"]), ("brass", ["@lantern"]), ("RAINCOAT yellow",
                         ["@mara"]), ("nobody", [])])  # fmt: skip
def test_search_finds_by_name_and_description_whatever_is_folded(sought: str, found: list[str]) -> None:
    rows = rows_of([MARA, LANTERN, PIER], folded=["character", "prop"], sought=sought)
    assert [name for name in names(rows) if name.startswith("@")] == found


def test_search_finds_a_subject_by_what_it_changes_into() -> None:
    dressed = subject_card("@jon", wardrobe=(change_card(1, 2, name="wedding suit"),))
    assert names(rows_of([MARA, dressed], sought="wedding")) == ["character", "@jon", "@jon"]


def test_views_of_a_change_stand_under_the_change() -> None:
    views = (view_card("a"), view_card("b", wardrobe="c-1"), view_card("c", wardrobe="gone"))
    _, subject, change = rows_of([subject_card("@mara", views=views, wardrobe=(change_card(1),))])
    assert isinstance(subject, SubjectRow) and isinstance(change, ChangeRow)
    assert [one.id for one in subject.views] == ["a", "c"] and [one.id for one in change.views] == ["b"]


def test_only_a_named_subject_without_any_picture_is_marked() -> None:
    rows = rows_of([MARA, PIER], bare=["@mara", "@pier"])
    assert [row.bare for row in rows if isinstance(row, SubjectRow)] == [False, True]
    assert "no pictures" in rows[-1].words


def test_a_subject_in_no_shot_says_so_where_the_number_of_shots_stands() -> None:
    assert "not used" in rows_of([LANTERN])[1].words and "7 shots" in rows_of([MARA])[1].words


sizes = st.tuples(st.integers(0, 4000), st.integers(0, 4000))


@settings(max_examples=40, deadline=None)
@given(st.lists(sizes, max_size=9), st.integers(FOLDED_BELOW, 700))
def test_every_view_has_a_place_of_its_own_inside_the_panel(shapes: list[tuple[int, int]], width: int) -> None:
    views = tuple(view_card(str(place), size=size) for place, size in enumerate(shapes))
    geometry = GalleryGeometry(rows_of([subject_card("@mara", views=views), LANTERN]), width)
    rects = geometry.views(1)
    assert len(rects) == len(shapes) == len(geometry.shown(1))
    for place, rect in enumerate(rects):
        assert geometry.row(1).contains(rect) and rect.left() >= PAD and rect.right() < width - PAD + 1
        assert geometry.view_at(rect.center()) == (1, place)
        assert not any(rect.intersects(other) for other in rects[:place])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.integers(40, 500))
def test_rows_lie_under_each_other_without_gaps(count: int, width: int) -> None:
    rows = rows_of([subject_card(f"@s{place}", place % 4) for place in range(count)])
    geometry = GalleryGeometry(rows, width)
    for place in range(len(rows)):
        rect = geometry.row(place)
        assert rect.top() == (geometry.row(place - 1).bottom() + 1 if place else 0)
        if not rect.isEmpty():
            assert geometry.row_at(rect.top()) == geometry.row_at(rect.bottom()) == place
    assert geometry.row_at(geometry.height) is None


def test_a_gap_is_before_the_picture_whose_left_half_the_pointer_is_over() -> None:
    geometry = GalleryGeometry(rows_of([MARA]), 264)
    first, second = geometry.views(1)
    assert geometry.gap_at(1, QPoint(first.left() + 2, first.center().y())) == 0
    assert geometry.gap_at(1, QPoint(second.left() + 2, second.center().y())) == 1
    assert geometry.gap_at(1, QPoint(second.right() + 2, second.center().y())) == 2


@pytest.mark.parametrize(("files", "name"), [
    (["mara_front.png"], "@mara"), (["Mara 02.jpg", "Mara side.png"], "@mara"), (["old-lantern.png"], "@old-lantern"),
    (["IMG_2041.jpg"], ""), (["YellowRaincoat.png"], "@yellow-raincoat"), (["front.png"], ""), ([], ""),
    (["Jürgen_back.png"], "@jürgen"), (["马拉 正面.png"], "@马拉-正面"),
])  # fmt: skip
def test_a_name_is_guessed_from_what_files_have_in_common(files: list[str], name: str) -> None:
    assert guessed_name([Path("/somewhere") / file for file in files]) == name


@pytest.mark.parametrize(("file", "kind"), [
    ("refs/pier at night.png", "location"), ("film look.png", "look"), ("props/lantern.png", "prop"),
    ("refs/mara.png", "character"),
])  # fmt: skip
def test_a_kind_is_guessed_from_names_of_files_and_folders(file: str, kind: str) -> None:
    assert guessed_kind([Path(file)], ["pier", "ferry deck"]) == kind


# --- what is worn ---


def test_what_is_worn_follows_the_story_days_and_what_was_said_of_a_scene() -> None:
    said = ExceptionCard("x", "scene-3", None, "3", True)
    card = subject_card("@mara", wardrobe=(change_card(1, 2), change_card(2, 5, said)))
    worn = [[one.number for one in in_scene(card, scene).changes]
            for scene in (scene_card("1", 1), scene_card("2", 2), scene_card("3", 2), scene_card("4", 6))]  # fmt: skip
    assert worn == [[], [1], [2], [2]]
    assert in_scene(card, scene_card("3", 2)).exceptions == (said,)


def test_a_shot_may_wear_otherwise_than_its_scene() -> None:
    said = ExceptionCard("x", None, "shot-1", "1A", False)
    card = subject_card("@mara", wardrobe=(change_card(1, 1, said),))

    class Shot:
        id = "shot-1"

    scene = scene_card("1")
    assert in_scene(card, scene).changes and not in_shot(card, scene, Shot()).changes  # type: ignore[arg-type]


def test_scenes_of_one_day_keep_the_order_of_the_film() -> None:
    scenes = [scene_card("1", 3), scene_card("2", 1), scene_card("3", 3), scene_card("4", 1)]
    assert [one.number for one in by_story_day(scenes)] == ["2", "4", "1", "3"]


@pytest.mark.parametrize(("shots", "numbers", "words"), [
    (0, (), "In no shot yet"), (1, ("1A",), "In 1 shot: 1A"),
    (8, tuple("ABCDEFGH"), "In 8 shots: A, B, C, D, E, F and 2 more"),
])  # fmt: skip
def test_where_a_view_goes_is_told_by_numbers(shots: int, numbers: tuple[str, ...], words: str) -> None:
    assert in_shots(subject_card("@mara", shots=shots, shot_numbers=numbers)) == words
