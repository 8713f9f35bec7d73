"""The tokens keep their promises: contrast, type, nothing left of Qt's grey."""

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from studio import assets
from studio.ui.parts.painting import cut_at_word, lines_of
from studio.ui.style_sheet import SHEET
from studio.ui.theme import Look, read_theme


def luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    theme = read_theme(assets.folder() / "theme" / "tokens.toml")
    lighter, darker = sorted((luminance(theme.colour(one)), luminance(theme.colour(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "fill"),
    [
        ("grey-5", "grey-0"), ("grey-5", "grey-1"), ("grey-5", "grey-2"), ("grey-5", "grey-3"),
        ("grey-5", "control-hover"), ("grey-4", "grey-0"), ("grey-4", "grey-1"), ("grey-4", "grey-2"),
        ("grey-4", "grey-3"), ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-accent", "accent-pressed"),
        ("accent", "accent-quiet"), ("good", "good-quiet"), ("warn", "warn-quiet"), ("bad", "bad-quiet"),
        ("bad", "grey-1"), ("accent", "grey-2"),
    ],
)  # fmt: skip
def test_every_text_stands_out_from_what_it_is_written_on(text: str, fill: str) -> None:
    assert contrast(text, fill) >= 4.5


def test_the_style_sheet_names_no_colour_of_its_own() -> None:
    assert re.findall(r"#[0-9A-Fa-f]{6}\b", SHEET.template) == []


def test_the_application_wears_our_palette_and_our_font(look: Look, qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == look.colour("grey-1")
    for weight in (400, 500, 600):
        font = look.font("body", weight)
        assert QFontInfo(font).family() == "Inter"
        assert QFontInfo(font).weight() == weight
    assert "QPushButton" in qapp.styleSheet()


def test_the_font_licence_lies_beside_the_fonts_and_they_stay_small() -> None:
    fonts = assets.folder() / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text()
    assert sum(file.stat().st_size for file in fonts.iterdir()) < 1_500_000


def test_icons_are_tinted_and_crisp_at_every_scale(look: Look) -> None:
    for scale in (1.0, 1.5, 2.0):
        pixmap = look.pixmap("play", "accent", 16, scale)
        assert pixmap.width() == round(16 * scale)
        middle = pixmap.toImage().pixelColor(pixmap.width() // 2, pixmap.height() // 2)
        assert middle.name() == look.colour("accent").name()


def test_names_of_icons_in_the_code_are_files() -> None:
    """Every string in the window's code that is the name of an icon's file is spelled as the file is."""
    there = {file.stem for file in (assets.folder() / "icons").glob("*.svg")}
    asked = set()
    for file in (Path(__file__).parents[2] / "studio" / "ui").rglob("*.py"):
        text = file.read_text()
        asked |= set(re.findall(r'(?:icon=|show_icon\(|Badge\()"([a-z-]+)"', text))
        asked |= set(re.findall(r'(?:pixmap|draw_icon|IconButton)\([^"()]*"([a-z-]+)"', text))
    assert asked - {"grey-4", "grey-5", "accent"} <= there
    assert len(asked) > 15


def test_long_text_is_cut_at_a_word(look: Look, qapp: QApplication) -> None:
    font = look.font("micro")
    text = "Mara lifts the lantern toward the dark water and waits for the ferry that does not come"
    lines = lines_of(text, font, 148, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…") and lines[1][:-1].rstrip() in text
    assert all(QFontMetrics(font).horizontalAdvance(line) <= 148 for line in lines)
    assert lines_of("short", font, 148, 2) == ["short"]
    assert lines_of("", font, 148, 2) == []
    assert cut_at_word("Donaudampfschifffahrt", QFontMetrics(font), 60).endswith("…")


def test_tokens_are_toml_with_a_version() -> None:
    tokens = tomllib.loads((assets.folder() / "theme" / "tokens.toml").read_text())
    assert tokens["version"] == 1
    assert tokens["size"]["card-width"] == 164 and tokens["size"]["card-height"] == 156
