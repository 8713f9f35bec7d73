"""Which reference pictures are sent: every subject its first before any its second, and each left out with a reason."""

from __future__ import annotations

import dataclasses

import pytest

from model_runtime.protocol import EngineInfo
from studio.generation.plan import Plan, outline, plan, text_request
from studio.generation.wish import Wish
from studio.project.cards import BriefSubject, BriefView
from studio.project.recipe import Recipe
from tests.fakes import SKETCH, SLATE, engine
from tests.generation.briefs import MARA, a_brief, ready


def shown(name: str, pictures: int, kind: str = "character") -> BriefSubject:
    hashes = tuple(f"{name.removeprefix('@')}{number}".ljust(64, "0") for number in range(pictures))
    names = tuple(f"{one}.png" for one in hashes)
    return dataclasses.replace(MARA, id=f"subject_{name}", name=name, kind=kind,
                               views=tuple(BriefView(f"view_{one[:12]}", one, file) for one, file in zip(hashes, names, strict=True)))


def planned(
    *subjects: BriefSubject, text: str = "@mara, left. @jon, right. @cat.", wish: Wish | None = None,
    info: EngineInfo = SKETCH,
) -> Plan:  # fmt: skip
    return plan(outline(a_brief(subjects=subjects), wish or Wish(engine=info.id), ready(info)), text)


def names(made: Plan) -> list[str]:
    return [one.name.rstrip("0.png") for one in made.request.references]


def test_pictures_of_the_subjects_in_the_shot_are_sent_by_default() -> None:
    made = planned(shown("@mara", 2), shown("@jon", 1))
    assert [one.subject for one in made.request.references] == ["@mara", "@mara", "@jon"]
    assert made.request.references[0].purpose == "identity" and not made.recipe.references[0].get("dropped")
    assert Recipe.from_json(made.recipe.to_json()) == made.recipe


def test_the_ninth_is_left_out_in_the_open_and_every_subject_keeps_one() -> None:
    made = planned(shown("@mara", 7), shown("@jon", 2))
    sent = [one.subject for one in made.request.references]
    assert len(sent) == 8 and sent.count("@jon") == 2
    (left_out,) = [one for one in made.recipe.references if "dropped" in one]
    assert left_out["dropped"] == "sketch takes at most 8 reference pictures" and left_out["name"].startswith("mara6")
    assert "1 reference picture is not sent: sketch takes at most 8 reference pictures." in made.notes


def test_of_a_small_budget_every_subject_gets_its_first() -> None:
    made = planned(shown("@mara", 3), shown("@jon", 3), shown("@cat", 1), info=engine(references=3))
    assert [one.subject for one in made.request.references] == ["@mara", "@jon", "@cat"]
    assert "4 reference pictures are not sent" in " ".join(made.notes)


@pytest.mark.parametrize(
    ("subject", "text", "info", "reason"),
    [
        (shown("@pier", 1, "location"), "@pier.", SKETCH, "shown characters and props by pictures, but no locations"),
        (shown("@mara", 1), "a woman. @mara_young.", SKETCH, "the prompt does not name @mara"),
        (shown("@mara", 1), "@mara.", SLATE, "slate takes no reference pictures"),
    ],
)
def test_each_picture_left_out_has_its_reason(subject: BriefSubject, text: str, info: EngineInfo, reason: str) -> None:
    made = planned(subject, text=text, info=info)
    assert made.request.references == () and reason in made.recipe.references[0]["dropped"]
    assert any(reason in note for note in made.notes)


def test_none_are_sent_where_none_are_wanted() -> None:
    made = planned(shown("@mara", 2), wish=Wish(references=False))
    assert made.request.references == () == made.recipe.references and not any("reference" in one for one in made.notes)


def test_the_writer_of_the_prompt_is_told_who_is_shown_by_pictures() -> None:
    subjects = (shown("@mara", 2), shown("@pier", 1, "location"), MARA)
    for wish, told in ((Wish(), ["2", "", ""]), (Wish(references=False), ["", "", ""])):
        request = text_request(outline(a_brief(subjects=subjects), wish, ready()))
        assert request is not None and [one.get("pictures", "") for one in request.subjects] == told
