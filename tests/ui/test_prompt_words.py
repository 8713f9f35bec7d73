"""What the screens say of prompts and of the pictures that go along: pure rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio import assets
from studio.generation.budget import LEFT_OUT, Budget, DroppedPicture, SentPicture
from studio.project.additions import Addition
from studio.project.gallery_cards import GivenCard, SubjectCard, ViewCard
from studio.project.prompt_cards import ACCEPTED, EDITED, REFUSED, UNDECIDED, ExpansionCard, PromptPart
from studio.ui.marked_text import PLUS, with_pluses
from studio.ui.name_chips import names_in, units
from studio.ui.prompt.hints import hints
from studio.ui.prompt_styles import read_styles
from studio.ui.prompt_words import clock, numbered, source_words, title
from studio.ui.sent_pictures import (
    DROPPED,
    dropped_words,
    moved,
    place_of,
    reads,
    summary,
    swapped,
    tiles_of,
    unpictured,
)

OVER = "Over the 2 pictures sketch reads"


def a_card(variant: int = 1, state: str = UNDECIDED, *, draft: str = "rain", used: bool = False, **fields: object):
    given = {"parts": (PromptPart("caption", "rain", state),), "decided_at": "", "warnings": ()} | fields
    return ExpansionCard(f"e{variant}", "shot", draft, "rain", "", provider="grammar", model="", style="sketch",
                         language="", variant=variant, state=state, unknown=(), made_at="", used=used,
                         **given)  # type: ignore[arg-type]  # fmt: skip


def a_subject_card(name: str, *, pictures: int = 1) -> SubjectCard:
    views = tuple(ViewCard(f"{name}{place}", name, "", "", Path("p.png"), "", None, 1, 1) for place in range(pictures))
    return SubjectCard(name, name, "character", "", views, 0)


def sent(place: int, subject: str, view: str = "front") -> SentPicture:
    return SentPicture(place, f"{subject}-{view}", subject, view, "identity", Path("p.png"), "h", 9, 9, 64, 96)


def dropped(subject: str, reason: str = OVER, view: str = "front") -> DroppedPicture:
    return DroppedPicture(f"{subject}-{view}", subject, view, "identity", Path("p.png"), "h", 9, 9, reason)


BUDGET = Budget(
    (sent(1, "@mara"), sent(2, "@mara", "face")), (dropped("@ferry"), dropped("@jon", LEFT_OUT)), (), "sketch", 2
)
TILES = tiles_of(BUDGET, ())


# --- which text the next take is drawn from ---------------------------------------------------------------------


def test_without_any_text_the_draft_is_drawn() -> None:
    assert "this draft" in source_words((), "rain")


def test_a_text_that_waits_is_told_and_not_used() -> None:
    words = source_words((a_card(2), a_card(1, REFUSED)), "rain")
    assert words.startswith("Variant 2 waits") and "this draft" in words


def test_the_text_in_use_is_told_with_its_state() -> None:
    refused = (PromptPart("caption", "rain", ACCEPTED), PromptPart("shot", "wide", REFUSED))
    used = a_card(2, EDITED, used=True, parts=refused)
    assert source_words((a_card(3), used, a_card(1, REFUSED)), "rain") == "Next take: variant 2, accepted in part"


def test_a_draft_that_was_changed_since_is_told() -> None:
    assert "changed since" in source_words((a_card(1, ACCEPTED, used=True),), "snow")


@pytest.mark.parametrize(
    "parts, words",
    [
        ((PromptPart("caption", "x", EDITED),), "Variant 1, accepted, edited"),
        ((PromptPart("caption", "x", ACCEPTED), PromptPart("shot", "y", REFUSED)), "Variant 1, accepted in part"),
    ],
)
def test_edited_is_told_as_what_it_came_from(parts: tuple[PromptPart, ...], words: str) -> None:
    assert title(a_card(1, EDITED, parts=parts), 1) == words


def test_texts_are_called_by_their_place_in_the_history_whatever_their_writers_count() -> None:
    cards = [replace(a_card(1), id=one) for one in ("newest", "middle", "first")]
    assert numbered(cards) == {"newest": 3, "middle": 2, "first": 1}


def test_a_time_that_cannot_be_read_is_left_out() -> None:
    assert clock("") == ""
    assert clock("yesterday") == ""


# --- names and words of a draft -----------------------------------------------------------------------------------


def kinds(draft: str, cast: tuple[str, ...] = (), unknown: tuple[str, ...] = ()) -> list[str]:
    film = [a_subject_card("@mara"), a_subject_card("@jon"), a_subject_card("@bare", pictures=0)]
    return [one.kind for one in hints(draft, cast, film, unknown, "Sketch")]


def test_somebody_named_who_is_not_in_the_shot_can_be_put_there() -> None:
    (hint,) = hints("@JON waits", ["@mara"][:0], [a_subject_card("@jon")], (), "Sketch")
    assert (hint.kind, hint.names, hint.way_out) == ("uncast", ("@jon",), "Put @jon in the shot")


def test_a_name_nobody_has_offers_the_one_that_is_close() -> None:
    (hint,) = hints("@marra waits", (), [a_subject_card("@mara")], (), "Sketch")
    assert (hint.names, hint.way_out) == (("@marra", "@mara"), "Write @mara")


def test_a_name_nobody_is_close_to_can_be_added() -> None:
    (hint,) = hints("@xyz waits", (), [a_subject_card("@mara")], (), "Sketch")
    assert hint.way_out == "Add @xyz"


def test_somebody_without_pictures_is_pointed_out() -> None:
    assert kinds("@bare waits", ("@bare",)) == ["bare"]


def test_somebody_in_the_shot_who_is_not_named_is_pointed_out_unless_nothing_is_written() -> None:
    assert kinds("rain", ("@mara",)) == ["unnamed"]
    assert kinds("", ("@mara",)) == []


def test_words_the_engine_does_not_know_are_listed() -> None:
    (hint,) = hints("a zeppelin", (), (), ("zeppelin",), "Sketch")
    assert hint.sentence == "Sketch does not know: zeppelin."


def test_a_mail_address_names_nobody() -> None:
    assert kinds("write to jon@mara.com", ()) == []


# --- places in a text -----------------------------------------------------------------------------------------------


def test_places_are_counted_as_qt_counts_them() -> None:
    text = "🌧 @mara 🌧 @jon"
    found = [(name, text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"))
             for name, start, end in names_in(text)]  # fmt: skip
    assert found == [("@mara", "@mara"), ("@jon", "@jon")]
    assert units("ab🌧c")(4) == 5


def test_every_addition_stands_behind_a_plus_that_is_no_part_of_the_text() -> None:
    shown, spans, pluses = with_pluses("rain falls hard", [Addition(5, 10)])
    assert shown == f"rain {PLUS}falls hard"
    assert shown[spans[0].start : spans[0].end] == f"{PLUS}falls"
    assert pluses == [5]


# --- pictures that go along -----------------------------------------------------------------------------------------


def test_tiles_stand_in_the_order_that_is_sent_and_dropped_ones_follow() -> None:
    assert [(one.title, one.state, one.number) for one in TILES] == [
        ("@mara front", "sent", 1), ("@mara face", "sent", 2), ("@ferry front", DROPPED, 3), ("@jon front", DROPPED, 4),
    ]  # fmt: skip
    assert summary(TILES) == "2 of 4"
    assert reads(BUDGET) == "2 of 4 sent, Sketch reads 2"


def test_what_is_dropped_is_told_in_one_line_without_what_the_user_left_out() -> None:
    assert dropped_words(TILES) == "@ferry front: over the 2 pictures sketch reads"
    assert dropped_words(TILES[:2]) == ""


def test_a_picture_moved_pushes_another_out() -> None:
    assert moved(TILES, "@ferry-front", 0) == ["@ferry-front", "@mara-front", "@mara-face"]
    assert moved(TILES, "@mara-front", 1) == ["@mara-face", "@mara-front", "@ferry-front"]


def test_a_picture_moved_where_it_stands_is_no_edit() -> None:
    assert moved(TILES, "@mara-front", -1) is None
    assert moved(TILES, "@jon-front", 0) is None, "what is left out has no place"
    assert place_of(TILES, "@jon-front") == -1


def test_a_subject_without_any_picture_left_can_take_the_last_place() -> None:
    found = unpictured(TILES)
    assert found is not None and (found[0].title, found[1].title) == ("@ferry front", "@mara face")
    assert swapped(TILES, found[0].id, found[1].id) == ["@mara-front", "@ferry-front", "@mara-face"]
    assert unpictured(TILES[:2]) is None


def test_what_a_shot_was_given_is_shown_before_the_engine_is_known() -> None:
    given = GivenCard("g1", "shot", "r", Path("p.png"), "first_frame", 75)
    (tile,) = tiles_of(Budget(), [given])
    assert (tile.title, tile.own, tile.strength) == ("First frame", True, 75)
    assert "75 %" in tile.sentence


def test_every_caption_style_is_called_something_and_has_a_language() -> None:
    styles = read_styles(assets.folder() / "prompts" / "styles")
    assert "sketch" in styles
    assert all(style.title and style.languages for style in styles.values())
