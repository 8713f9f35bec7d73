"""What a longer prompt adds to its draft."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.project.additions import additions, words_in

DRAFT = "@mara lifts the @lantern toward the dark water at the end of @pier. Far out, the ferry's lights."


def added(text: str, draft: str) -> list[str]:
    return [text[one.start : one.end] for one in additions(text, draft)]


def test_the_draft_itself_adds_nothing() -> None:
    assert additions(DRAFT, DRAFT) == ()


def test_of_an_empty_draft_every_sentence_is_added() -> None:
    assert added("Wide shot. Rain.", "") == ["Wide shot", "Rain"]


def test_what_stands_between_kept_words_is_added() -> None:
    assert added("Far out, the ferry’s lights small on the horizon.", DRAFT) == ["small on the horizon"]


def test_small_words_of_the_draft_do_not_break_an_addition() -> None:
    assert added("She stands at the right of the frame", DRAFT) == ["She stands at the right of the frame"]


def test_a_name_counts_as_one_word() -> None:
    assert added("@mara-lee waits with @mara", "@mara") == ["@mara-lee waits with"]


def test_quoted_text_counts_as_one_word() -> None:
    assert added('The sign says "last ferry".', 'a sign, "last ferry"') == ["The", "says"]
    assert added('The sign says "first ferry".', 'a sign, "last ferry"') == ["The", 'says "first ferry"']


def test_case_and_curly_apostrophes_are_no_difference() -> None:
    assert additions("FAR OUT, the Ferry’s lights", DRAFT) == ()


def test_chinese_is_told_letter_by_letter() -> None:
    assert added("夜晚，雨中的码头，@mara 举起灯。", "雨中的码头 @mara") == ["夜晚", "举起灯"]


def test_a_name_in_a_mail_address_is_no_name() -> None:
    assert added("write to jon@mara.com", "write to") == ["jon@mara.com"]


def test_right_to_left_text_is_compared_by_words() -> None:
    assert added("אישה עם מעיל צהוב בגשם", "אישה עם מעיל צהוב") == ["בגשם"]


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_additions_stand_in_order_inside_the_text_and_say_something(text: str, draft: str) -> None:
    place = 0
    for one in additions(text, draft):
        assert place <= one.start < one.end <= len(text)
        assert any(letter.isalnum() or letter == "_" for letter in text[one.start : one.end])
        place = one.end


@given(st.lists(st.sampled_from(["@mara", "rain", "the", "雨", "“last ferry”", "lamp"]), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_a_text_that_goes_on_after_its_draft_adds_what_follows(words: list[str]) -> None:
    draft = " ".join(words)
    assert additions(draft, draft) == ()
    assert added(f"{draft} forever", draft) == ["forever"]


@pytest.mark.parametrize("letters", ["the a b rain ", "雨中的码头"])
def test_the_longest_draft_is_compared_while_nobody_waits(letters: str) -> None:
    text = (letters * 4_000)[:20_000]
    began = time.perf_counter()
    additions(text, text[1_000:5_000])
    assert time.perf_counter() - began < 1.0


def test_words_are_counted_as_people_count_them() -> None:
    assert words_in("@mara waits, in “heavy rain”.") == 5
    assert words_in("雨中的码头 @mara") == 6
    assert words_in("  ") == 0


def test_quotation_marks_that_never_close_take_no_time() -> None:
    began = time.perf_counter()
    assert additions("“" * 20_000 + " pier", "") and additions("「『" * 10_000 + " pier", "")
    assert time.perf_counter() - began < 2.0
