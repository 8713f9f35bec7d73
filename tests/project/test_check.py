"""`shotwright check`: what a film needs and has not, or has broken; it changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.project import queries
from studio.project.check import check_film
from studio.project.commands import cut, panel, subject
from tests.builders import a_panel, a_project, a_reference, a_shot, a_subject, a_take


@pytest.fixture
def film(tmp_path: Path) -> tuple[Path, Path]:
    """A closed film with a take, a panel and a reference; and the take's file."""
    project = a_project(tmp_path)
    mara = a_subject(project)
    project.run(subject.add_view, mara, a_reference(project))
    one = a_shot(project)
    taken = a_take(project, one)
    a_panel(project, one)
    file = project.ask(queries.take_card, taken).media
    project.close()
    return project.folder, file


def sentences(folder: Path) -> list[str]:
    report = check_film(folder)
    assert all(one.hint for one in report.problems)
    assert bool(report) == (not report.problems)
    return [one.sentence for one in report.problems]


def test_a_whole_film_has_nothing_to_tell(film: tuple[Path, Path]) -> None:
    folder, _ = film
    seen: list[tuple[int, int]] = []
    report = check_film(folder, lambda done, total: seen.append((done, total)))
    assert (report.problems, report.files, seen[-1]) == ((), 3, (3, 3))


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda file: file.unlink(), "The file of a take is missing."),
        (lambda file: file.write_bytes(file.read_bytes() + b"x"), "The file of a take is broken: its content changed."),
        (lambda file: (file.rename(file.with_name("x")), file.symlink_to("x")),
         "The file of a take is a link to another place."),
    ],
)
def test_what_is_wrong_with_a_file_is_named(film: tuple[Path, Path], spoil: Callable[[Path], None], named: str) -> None:
    folder, file = film
    spoil(file)
    assert sentences(folder) == [named]


def altered(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "project.sqlite") as connection:
        for one in statements:
            connection.execute(one)
    connection.close()


def test_rows_that_point_nowhere_and_names_that_point_outside(film: tuple[Path, Path]) -> None:
    folder, _ = film
    altered(folder, "UPDATE shot SET scene_id = 'scene_gone'",
            "UPDATE take SET media = '../../secret.mp4', recipe = 'x'")
    told = sentences(folder)
    assert "A row of shot points at a scene that is not there." in told
    assert "A take names a file outside the media folder: '../../secret.mp4'." in told
    assert any("recipe of the take" in one for one in told)


def test_a_panel_that_only_an_earlier_cut_shows_is_looked_for(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    one = a_panel(project, a_shot(project))
    picture = project.ask(queries.event_cards)[0].panels[0].picture
    project.run(cut.save_cut)
    project.run(panel.remove_panel, one)
    project.close()
    picture.unlink()
    (problem,) = check_film(tmp_path / "film").problems
    assert (problem.sentence, problem.file) == (
        "The file of a panel of an earlier cut is missing.", f"media/{picture.name}")


def test_a_broken_film_file_is_told_and_not_raised(film: tuple[Path, Path]) -> None:
    folder, _ = film
    path = folder / "project.sqlite"
    path.write_bytes(path.read_bytes()[:8000])
    assert "cut off" in sentences(folder)[0]
    path.unlink()
    assert "missing" in sentences(folder)[0]


def test_a_film_that_is_open_elsewhere_is_checked_beside(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    a_take(project, a_shot(project))
    assert sentences(project.folder) == []
    a_shot(project)
    project.close()
