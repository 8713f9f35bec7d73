"""Mattes, safe areas and guides stand where they must and are kept for the next film."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project.commands import film
from studio.ui.sound.player import SoundPlayer
from studio.ui.theme import Look
from studio.ui.viewer.kept import KeptViewing
from studio.ui.viewer.overlays import (
    DELIVERY,
    RATIOS,
    SAFE_AREAS,
    Overlays,
    matte_rect,
    paint_overlays,
    ratio_of,
    read_overlays,
)
from tests.ui.viewing import Viewing, viewing


@pytest.fixture
def there(qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> Iterator[Viewing]:
    with viewing(qtbot, look, project, tmp_path) as made:
        yield made


def painted(look: Look, overlays: Overlays, *, delivery: str = "16:9", matte_only: bool = False) -> QImage:
    """On a white picture of 320 x 180."""
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_overlays(painter, look, QRectF(0, 0, 320, 180), overlays, ratio_of(delivery), matte_only=matte_only)
    painter.end()
    return image


def dark(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 128


@settings(max_examples=60, deadline=None)
@given(ratio=some.sampled_from(RATIOS).map(ratio_of), width=some.integers(20, 4000), height=some.integers(20, 4000))
def test_a_matte_has_its_ratio_and_touches_two_edges(ratio: Fraction, width: int, height: int) -> None:
    box = QRectF(7, 5, width, height)
    inner = matte_rect(box, ratio)
    assert inner.width() / inner.height() == pytest.approx(float(ratio))
    assert inner.width() == pytest.approx(box.width()) or inner.height() == pytest.approx(box.height())
    assert inner.center().x() == pytest.approx(box.center().x())
    assert box.adjusted(-0.01, -0.01, 0.01, 0.01).contains(inner)


def test_a_solid_matte_hides_what_lies_outside_it(look: Look) -> None:
    image = painted(look, Overlays(matte="2.39", solid=True))
    assert dark(image, 160, 3) and dark(image, 160, 176)
    assert not dark(image, 160, 90)
    square = painted(look, Overlays(matte="1:1", solid=True))
    assert dark(square, 10, 90) and not dark(square, 160, 3)


def test_the_delivery_matte_is_the_shape_the_film_is_delivered_in(look: Look) -> None:
    matte = Overlays(matte=DELIVERY, solid=True)
    assert not dark(painted(look, matte), 160, 3)
    assert painted(look, matte, delivery="2.39:1") == painted(look, Overlays(matte="2.39", solid=True))


def test_a_film_with_another_aspect_than_its_size_is_matted_by_it(there: Viewing) -> None:
    there.project.run(film.set_film, aspect="2.39")
    there.watch.flush()
    assert there.viewer.picture.delivery == ratio_of("2.39")


@pytest.mark.parametrize("name", list(SAFE_AREAS))
def test_safe_areas_stand_at_their_percent(look: Look, name: str) -> None:
    image = painted(look, Overlays(safe=name))
    for percent in SAFE_AREAS[name]:
        edge = round(320 * (100 - percent) / 200)
        assert any(image.pixelColor(x, 90).lightness() < 250 for x in range(edge - 2, edge + 3))


def test_a_screening_shows_the_matte_and_no_guide(look: Look) -> None:
    everything = Overlays(matte="2.39", solid=True, thirds=True, centre=True, safe="16:9")
    assert painted(look, everything, matte_only=True) == painted(look, Overlays(matte="2.39", solid=True))


def test_what_the_settings_cannot_mean_is_not_set() -> None:
    kept = Overlays(matte="1.85", solid=True, safe="legacy", thirds=True, onion=40)
    assert read_overlays(kept.as_dict()) == kept
    for broken in ({"matte": "7:3"}, {"onion": 900}, {"safe": "all"}, {"matte_kept": ""}, {"nonsense": 1}):
        assert read_overlays(broken) == Overlays()
    assert read_overlays({"thirds": 1, "centre": True}) == Overlays(centre=True)


def test_keys_switch_each_overlay_and_the_matte_comes_back_as_it_was(there: Viewing) -> None:
    header = there.viewer.header
    there.viewer.show_overlays(Overlays(matte="1.85", matte_kept="1.85"))
    header.toggle_matte()
    assert header.overlays.matte == "" and not header.matte.isChecked()
    for toggle in (header.toggle_matte, header.toggle_safe, header.toggle_thirds, header.toggle_centre,
                   header.toggle_onion):  # fmt: skip
        toggle()
    shown = header.overlays
    assert (shown.matte, shown.safe, shown.thirds, shown.centre, shown.onion > 0) == ("1.85", "16:9", True, True, True)


def test_overlays_loop_and_loudness_are_the_persons_and_stay(there: Viewing) -> None:
    player = SoundPlayer()
    kept = KeptViewing(there.settings, there.viewer, player)
    there.viewer.header.toggle_thirds()
    there.viewer.toggle_loop()
    there.viewer.panel.volume_chosen.emit(30)
    assert read_overlays(there.settings["overlays"]).thirds
    assert (there.settings["loop"], there.settings["volume"], player.volume) == (True, 30, 0.3)
    there.settings["muted"] = True
    assert player.muted
    kept.close()
    player.close()
