"""The budget kept in the recipe is what the runtime received, read from both sides of a real process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_runtime import protocol
from model_runtime.engines.base import REQUEST_FILE
from studio.generation.wish import Wish
from studio.project import queries
from studio.project.commands import expansion, shot, shot_pictures, subject
from studio.project.recipe import Recipe
from tests.builders import a_reference, a_subject
from tests.generation.test_real_tasks import LONG_MS, RealTiny, assets, real, tiny_assets

__all__ = ["assets", "real", "tiny_assets"]
pytestmark = [pytest.mark.process, pytest.mark.whole, pytest.mark.timeout(600)]
TEXT = "wide shot. pier. @mara, left. @jon, right. @pier."
TEXT_READ = "wide shot. pier. @mara, left. @jon, right. a woman in a yellow raincoat."
"""The pier is not shown by pictures, so it is told by its description: the builder's usual one."""


@pytest.fixture
def cast(real: RealTiny) -> Iterator[dict[str, str]]:
    """View ids by name: three of @mara, two of @jon, one of @kai whom the prompt does not name, one of the pier."""
    views: dict[str, str] = {}
    kinds = {"@mara": ("character", 3), "@jon": ("character", 2), "@kai": ("character", 1), "@pier": ("location", 1)}
    for name, (kind, count) in kinds.items():
        made = a_subject(real.project, name, kind=kind)
        for number in range(count):
            reference = a_reference(real.project, f"{name}{number}")
            views[f"{name}{number}"] = real.project.run(subject.add_view, made, reference).new("subject_view")
    yield views


def received(real: RealTiny, job: str) -> protocol.Generate:
    """The request as the runtime wrote it into the job's folder when it began."""
    found = protocol.decode((real.project.media.job_folder(job) / REQUEST_FILE).read_bytes())
    assert isinstance(found, protocol.Generate)
    return found


def test_the_stored_recipe_is_what_the_runtime_received(real: RealTiny, cast: dict[str, str], qtbot: Any) -> None:
    project, one = real.project, real.add_shot(18)
    project.run(shot.set_shot_subjects, one, [(name, "", "", "") for name in ("@mara", "@jon", "@kai", "@pier")])
    text = project.run(expansion.propose_expansion, one, text=TEXT, draft="d", provider="x", negative="snow.")
    project.run(expansion.accept_expansion, text.new("prompt_expansion"))
    project.run(shot_pictures.order_views, one, [cast["@jon1"], cast["@mara2"], cast["@mara0"]])
    project.run(shot_pictures.leave_out, one, cast["@mara0"])
    noted: list[str] = []
    real.queue.noted.connect(lambda _job, note: noted.append(note))
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        job = real.queue.submit(one, Wish("still", seed=5, steps=2, stop_at=1))
    asked = received(real, job)
    stored = Recipe.from_json(project.ask(queries.job_request, job)[0])
    sent = [picture for picture in stored.references if "dropped" not in picture]
    assert [(one.hash, one.name, one.purpose, one.subject) for one in asked.references] == [
        (one["hash"], one["name"], one["purpose"], one["subject"]) for one in sent
    ]
    assert [one["subject"] for one in sent] == ["@jon", "@mara", "@mara", "@jon"]
    assert {one["dropped"] for one in stored.references if "dropped" in one} == {
        "Left out by you",
        "The prompt does not name @kai",
        "sketch is shown characters and props by pictures, no locations",
    }
    budget = real.queue.budget(one, Wish("still"))
    assert [one.hash for one in budget.sent] == [one.hash for one in asked.references]  # type: ignore[union-attr]
    assert (asked.prompt, asked.negative) == (stored.prompt, stored.negative) == (TEXT_READ, "")
    assert any("does not read what must not be seen" in note for note in noted)
    assert json.loads(asked.recipe) == json.loads(stored.to_json())
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        real.queue.go_on([job])
    (panel,) = project.ask(queries.panel_cards, one)
    in_the_file = Recipe.from_json(project.media.read_recipe(panel.picture))
    assert in_the_file.references == stored.references == Recipe.from_json(panel.recipe).references


def test_a_frame_the_shot_was_given_reaches_the_runtime(real: RealTiny, qtbot: Any, tmp_path: Path) -> None:
    from studio.project.commands import reference
    from tests.builders import a_picture

    project, one = real.project, real.add_shot(18)
    picture = project.media.import_picture(a_picture(tmp_path / "first.png", (640, 360)))
    made = project.run(reference.record_imported, picture, "first_frame").new("reference")
    project.run(reference.give_reference, one, made, "first_frame")
    with qtbot.waitSignal(real.queue.idle, timeout=LONG_MS):
        job = real.queue.submit(one, Wish(seed=5, steps=2, stop_at=1))
    asked, stored = received(real, job), Recipe.from_json(project.ask(queries.job_request, job)[0])
    (given,) = asked.given
    assert stored.first_frame is not None
    assert given.file.hash == picture.hash == stored.first_frame["hash"] and given.first == 0
