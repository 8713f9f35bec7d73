"""The missing-shot card of an exported movie."""

import numpy as np
import pytest

from studio.interchange import card_picture
from tests.interchange.cuts import an_event


def ink(words: str, size: tuple[int, int]) -> np.ndarray:
    """Where the card of this action is lighter than its ground; its corner left out."""
    width, height = size
    card = np.asarray(card_picture.draw(an_event(1, 5, action=words, dialogue=""), *size).convert("L")).astype(int)
    card[: height // 3, width // 2:] = card[-1, -1]
    return card > card[-1, -1] + 40


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 536), (720, 720), (720, 1280), (192, 108)])
def test_words_stay_inside_the_card_however_many_there_are(size: tuple[int, int]) -> None:
    for words in ("walks", "walks " * 20_000, "a" * 100_000):
        lit = ink(words, size)
        rows, columns = np.flatnonzero(lit.any(1)), np.flatnonzero(lit.any(0))
        assert rows[-1] < 0.98 * size[1] and 0.02 * size[0] < columns[0] and columns[-1] < 0.99 * size[0]


def test_a_longer_action_takes_more_lines_and_leaves_room_for_the_length() -> None:
    one, many = (ink(words, (1280, 720)).any(1) for words in ("walks", "walks " * 500))
    assert many.sum() > one.sum() + 60
    assert np.array_equal(one[-160:], many[-160:])  # the length stands alone at the foot


def test_the_card_says_what_it_is() -> None:
    first, second = (ink(words, (640, 360)) for words in ("walks", "turns"))
    assert not np.array_equal(first, second)
