"""Which reference pictures are sent, in which order, and why each other one is not; what is asked is what is kept."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.protocol import EngineInfo
from studio.generation.budget import LEFT_OUT, Budget, reference_budget
from studio.generation.plan import Plan, budget_of, outline, plan, text_request
from studio.generation.wish import Wish
from studio.project.cards import BriefGiven, BriefSubject, BriefView
from studio.project.gallery_cards import ShotPictures
from studio.project.recipe import Recipe
from tests.fakes import SKETCH, SLATE, engine
from tests.generation.briefs import MARA, a_brief, ready

TWO_VIEWS = engine(views=2, reference_size=(64, 96))


def shown(name: str, pictures: int, kind: str = "character") -> BriefSubject:
    hashes = [f"{name.removeprefix('@')}{number}".ljust(64, "0") for number in range(pictures)]
    views = tuple(BriefView(f"{name}{number}", one, f"{one}.png", "front", 300, 400)
                  for number, one in enumerate(hashes))  # fmt: skip
    return dataclasses.replace(MARA, id=f"subject_{name}", name=name, kind=kind, views=views)


def planned(
    *subjects: BriefSubject, text: str = "@mara, left. @jon, right. @cat.", wish: Wish | None = None,
    info: EngineInfo = SKETCH,
) -> Plan:  # fmt: skip
    return plan(outline(a_brief(subjects=subjects), wish or Wish(engine=info.id), ready(info)), text)


def budget(*subjects: BriefSubject, info: EngineInfo = SKETCH, **brief: object) -> Budget:
    return reference_budget(a_brief(subjects=subjects, **brief), info, "@mara, left. @jon, right. @cat.")


def sent(found: Budget) -> list[str]:
    return [one.view_id for one in found.sent]


def reasons(found: Budget) -> dict[str, str]:
    return {one.view_id: one.reason for one in found.dropped}


def test_pictures_of_the_subjects_in_the_shot_are_sent_by_default() -> None:
    made = planned(shown("@mara", 2), shown("@jon", 1))
    assert [one.subject for one in made.request.references] == ["@mara", "@mara", "@jon"]
    assert made.request.references[0].purpose == "identity" and not made.recipe.references[0].get("dropped")
    assert Recipe.from_json(made.recipe.to_json()) == made.recipe


def test_the_ninth_is_left_out_in_the_open_and_every_subject_keeps_one() -> None:
    made = planned(shown("@mara", 7), shown("@jon", 2))
    subjects = [one.subject for one in made.request.references]
    assert len(subjects) == 8 and subjects.count("@jon") == 2
    (left_out,) = [one for one in made.recipe.references if "dropped" in one]
    assert left_out["dropped"] == "Over the 8 pictures sketch reads" and left_out["name"].startswith("mara6")
    assert "1 reference picture is not sent: over the 8 pictures sketch reads." in made.notes


def test_of_a_small_budget_every_subject_gets_its_first() -> None:
    found = budget(shown("@mara", 3), shown("@jon", 3), shown("@cat", 1), info=engine(references=3))
    assert sent(found) == ["@mara0", "@jon0", "@cat0"] and len(found.dropped) == 4


def test_views_beyond_those_an_engine_makes_use_of_are_not_sent() -> None:
    found = budget(shown("@mara", 4), shown("@jon", 1), info=TWO_VIEWS)
    assert sent(found) == ["@mara0", "@mara1", "@jon0"]
    assert reasons(found) == dict.fromkeys(("@mara2", "@mara3"), "Two views of @mara are enough for sketch")
    assert found.notes() == ()
    assert {(one.read_width, one.read_height) for one in found.sent} == {(64, 96)}
    assert [one.place for one in found.sent] == [1, 2, 3]


def test_the_shots_own_order_decides_what_is_sent_and_in_which_order() -> None:
    order = ShotPictures({"@jon1": 0, "@mara2": 1, "@jon0": 2})
    found = budget(shown("@mara", 3), shown("@jon", 2), info=engine(references=4), pictures=order)
    assert sent(found) == ["@jon1", "@mara2", "@jon0", "@mara0"]
    assert reasons(found) == {"@mara1": "Over the 4 pictures sketch reads"}


def test_swapping_two_swaps_what_is_dropped() -> None:
    subjects = (shown("@mara", 1), shown("@jon", 1), shown("@cat", 1))
    found = [
        budget(*subjects, info=engine(references=2), pictures=ShotPictures({one: n for n, one in enumerate(order)}))
        for order in (("@mara0", "@jon0", "@cat0"), ("@mara0", "@cat0", "@jon0"))
    ]
    assert [sent(one) for one in found] == [["@mara0", "@jon0"], ["@mara0", "@cat0"]]


def test_what_the_user_left_out_makes_room_and_is_told_apart() -> None:
    found = budget(shown("@mara", 3), info=TWO_VIEWS, pictures=ShotPictures(left_out=frozenset({"@mara0"})))
    assert sent(found) == ["@mara1", "@mara2"]
    (one,) = found.dropped
    assert one.reason == LEFT_OUT and one.left_out and found.notes() == ()


@pytest.mark.parametrize(
    ("subject", "text", "info", "reason"),
    [
        (shown("@pier", 1, "location"), "@pier.", SKETCH, "sketch is shown characters and props by pictures, no locat"),
        (shown("@mara", 1), "a woman. @mara_young.", SKETCH, "The prompt does not name @mara"),
        (shown("@mara", 1), "to mail@mara.com", SKETCH, "The prompt does not name @mara"),
        (shown("@mara", 1), "@mara.", SLATE, "slate reads no reference pictures"),
    ],
)
def test_each_picture_left_out_has_its_reason(subject: BriefSubject, text: str, info: EngineInfo, reason: str) -> None:
    made = planned(subject, text=text, info=info)
    assert made.request.references == () and made.recipe.references[0]["dropped"].startswith(reason)
    assert any(reason[1:] in note for note in made.notes)


def test_while_the_prompt_is_not_written_everybody_in_the_shot_counts_as_named() -> None:
    found = budget_of(a_brief(subjects=(shown("@mara", 1),), draft="a pier"), Wish(), SKETCH)
    assert (found.engine, found.most) == ("sketch", 8)
    assert sent(found) == ["@mara0"]
    accepted = a_brief(subjects=(shown("@mara", 1),), expansion="wide shot. a pier.")
    assert budget_of(accepted, Wish(), SKETCH).sent == ()


def test_none_are_sent_where_none_are_wanted() -> None:
    made = planned(shown("@mara", 2), wish=Wish(references=False))
    assert made.request.references == () == made.recipe.references and not any("reference" in one for one in made.notes)


def test_the_writer_of_the_prompt_is_told_who_is_shown_by_how_many_pictures() -> None:
    subjects = (shown("@mara", 3), shown("@pier", 1, "location"), shown("@jon", 0))
    for wish, told in ((Wish(), ["2", "", ""]), (Wish(references=False), ["", "", ""])):
        request = text_request(outline(a_brief(subjects=subjects), wish, ready(TWO_VIEWS)))
        assert request is not None and [one.get("pictures", "") for one in request.subjects] == told


def test_a_look_goes_along_where_the_engine_reads_one_and_is_told_where_not() -> None:
    look = BriefGiven("given_a", "e" * 64, f"{'e' * 64}.png", "look")
    found = budget(shown("@mara", 1), info=engine(purposes=("look",)), given=(look,))
    assert [(one.view_id, one.purpose, one.subject) for one in found.sent][-1] == ("given_a", "look", "")
    found = budget(shown("@mara", 1), given=(look,))
    assert reasons(found) == {"given_a": "sketch reads no picture for the look"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["@mara", "@jon", "@cat", "@pier"]), st.integers(0, 4)), max_size=4,
             unique_by=lambda one: one[0]),
    st.integers(0, 6), st.integers(0, 3), st.randoms(use_true_random=False),
)  # fmt: skip
def test_every_picture_is_sent_once_or_dropped_with_a_reason(cast: list, most: int, views: int, lots) -> None:
    subjects = [shown(name, count, "location" if name == "@pier" else "character") for name, count in cast]
    every = [view.id for subject in subjects for view in subject.views]
    order = ShotPictures({one: n for n, one in enumerate(lots.sample(every, len(every) // 2))},
                         frozenset(lots.sample(every, len(every) // 3)))  # fmt: skip
    found = budget(*subjects, info=engine(references=most, views=views), pictures=order)
    assert sorted([*sent(found), *reasons(found)]) == sorted(every)
    assert len(found.sent) <= most and all(reasons(found).values())
    assert not order.left_out.intersection(sent(found))
    assert [one.place for one in found.sent] == list(range(1, len(found.sent) + 1))
    if views:
        assert all(found.of(name) <= views for name, _ in cast)
