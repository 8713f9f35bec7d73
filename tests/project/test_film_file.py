"""media/film-<n>.json: what no take can carry, at most two seconds after an edit and at closing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from model_runtime import safe_files
from studio.open_project import OpenProject
from studio.project import film_file, queries
from studio.project.commands import expansion, film, job, note, shot, shot_pictures, subject
from studio.project.entities import Base
from studio.project.prompt_cards import PromptPart
from tests.builders import a_job, a_panel, a_project, a_reference, a_shot, a_subject, a_take


def films(folder: Path) -> list[str]:
    return sorted((one.name for one in (folder / "media").glob("film-*.json")), key=lambda name: int(name[5:-5]))


def newest(folder: Path) -> dict[str, Any]:
    path = film_file.newest(folder)
    assert path is not None
    content = json.loads(path.read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def test_closing_writes_all_that_no_take_carries(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    a_subject(project)
    one, two = a_shot(project, prompt="@mara waits", subjects=("@mara",)), a_shot(project)
    taken = a_take(project, one)
    a_panel(project, two)
    project.run(note.add_note, one, "darker")
    order = [card.id for card in project.ask(queries.event_cards)]
    project.close()
    content = newest(project.folder)
    assert [e["id"] for e in sorted(content["event"], key=lambda e: e["rank"])] == order
    assert {s["id"]: s["prompt"] for s in content["shot"]} == {one: "@mara waits", two: ""}
    assert [s["chosen_take_id"] for s in content["shot"] if s["id"] == one] == [taken]
    assert ([s["name"] for s in content["subject"]], [n["text"] for n in content["note"]]) == (["mara"], ["darker"])
    assert "recipe" not in content["take"][0]


def test_gallery_and_prompts_are_in_it_whole(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    mara = a_subject(project)
    view = project.run(subject.add_view, mara, a_reference(project), "front").new("subject_view")
    wet = project.run(subject.add_wardrobe, mara, 1, "wet", aspect="state", last_day=2).new("wardrobe_change")
    one = a_shot(project, subjects=("@mara",))
    project.run(subject.dont_wear, wet, shot=one)
    project.run(shot_pictures.leave_out, one, view)
    project.run(film.edit_film, style_notes="soft light")
    parts = (PromptPart("caption", "@mara 走."), PromptPart("negative", "text"))
    made = project.run(expansion.propose_expansion, one, draft="x", provider="grammar", parts=parts, variant=3)
    project.run(expansion.decide_part, made.new("prompt_expansion"), 0, "edited", "@mara runs.")
    project.close()
    content = newest(project.folder)
    assert content["film"][0]["style_notes"] == "soft light"
    assert [(one["aspect"], one["last_day"]) for one in content["wardrobe_change"]] == [("state", 2)]
    assert [one["worn"] for one in content["wardrobe_exception"]] == [0]
    assert [(one["view_id"], one["left_out"]) for one in content["shot_view"]] == [(view, 1)]
    (told,) = content["prompt_expansion"]
    assert (told["text"], told["negative"], told["variant"], told["state"]) == ("@mara runs.", "text", 3, "proposed")
    assert [one["proposed"] for one in json.loads(told["parts"])] == ["@mara 走.", ""]


def test_every_table_is_in_it_or_left_out_on_purpose() -> None:
    left_out = {"take", "job", "journal_step", "journal_change"}
    assert set(Base.metadata.tables) - left_out == set(film_file.TABLES)


def test_the_last_five_are_kept_and_nothing_is_written_twice(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    one = a_shot(project)
    for index in range(8):
        project.run(shot.edit_shot, one, action=f"action {index}")
        film_file.write(project.folder)
    assert films(project.folder) == [f"film-{n}.json" for n in range(4, 9)]
    film_file.write(project.folder)
    project.close()
    assert films(project.folder)[-1] == "film-8.json"


def test_an_edit_is_in_the_file_two_seconds_later(qapp: QCoreApplication, qtbot: Any, tmp_path: Path) -> None:
    project = a_project(tmp_path)
    a_shot(project, prompt="the last one")
    qtbot.waitUntil(lambda: bool(films(project.folder)), timeout=2000)
    assert [one["prompt"] for one in newest(project.folder)["shot"]] == ["the last one"]
    project.close()


def test_a_film_nobody_edited_is_not_written(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    a_shot(project)
    project.close()
    before = films(project.folder)
    OpenProject.open(project.folder).close()
    looking = OpenProject.open(project.folder, writable=False)
    looking.close()
    assert films(project.folder) == before


def test_a_broken_newest_file_is_passed_over(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    a_shot(project)
    project.close()
    (project.folder / "media" / "film-9.json").write_text('{"version": 1, "shot"')
    assert film_file.newest(project.folder) == project.folder / "media" / "film-1.json"


def test_a_full_disk_beside_the_edit_is_told_at_closing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = a_project(tmp_path)
    a_shot(project)

    def full(path: Path, _text: str) -> None:
        raise safe_files.NoSpace(path.parent, 10, 0)

    monkeypatch.setattr(safe_files, "write_text", full)
    with pytest.raises(safe_files.NoSpace):
        project.close()
    monkeypatch.undo()
    again = OpenProject.open(project.folder)
    assert len(again.ask(queries.shot_cards)) == 1
    again.close()


def test_a_job_going_on_makes_no_new_file(qapp: QCoreApplication, tmp_path: Path) -> None:
    project = a_project(tmp_path)
    name = a_job(project, a_shot(project))
    film_file.write(project.folder)
    project._film_file_due = False
    project.run(job.set_job, name, step=3)
    assert not project._film_file_due
    a_shot(project)
    assert project._film_file_due
    project.close()
