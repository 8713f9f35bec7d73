"""The tokens of the look as values: colours by role, sizes, fonts; and the one place that dresses the application."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from studio.ui.style_sheet import style_sheet

FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
FAMILY = "Inter"
DISABLED = 0.45
"""Opacity of what cannot be used now."""
MEDIUM = 500
SEMIBOLD = 600


@dataclass(frozen=True)
class Theme:
    """`tokens.toml` read once; passed to every widget that paints."""

    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    radii: Mapping[str, int]
    scale: Mapping[str, tuple[int, int]]
    times: Mapping[str, int]

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        colour = QColor(self.colours[token])
        colour.setAlphaF(opacity)
        return colour

    def size(self, token: str) -> int:
        return self.sizes[token]

    def radius(self, token: str) -> int:
        return self.radii[token]

    def line(self, token: str) -> int:
        """Line height of a step of the type scale."""
        return self.scale[token][1]

    def font(self, token: str = "body", weight: int = 400) -> QFont:
        font = QFont(FAMILY)
        font.setPixelSize(self.scale[token][0])
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


def read_theme(file: Path) -> Theme:
    tokens = tomllib.loads(file.read_text(encoding="utf-8"))
    scale = {name: (size, line) for name, (size, line) in tokens["type"].items()}
    return Theme(tokens["colour"], tokens["size"], tokens["radius"], scale, tokens["time"])


class Look:
    """The theme with the icons tinted by it: everything a panel needs to draw itself."""

    def __init__(self, assets: Path) -> None:
        self.theme = read_theme(assets / "theme" / "tokens.toml")
        self._icons = assets / "icons"
        self._fonts = assets / "fonts"
        self._drawn: dict[tuple[str, str, int, float, float], QPixmap] = {}

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        return self.theme.colour(token, opacity)

    def font(self, token: str = "body", weight: int = 400) -> QFont:
        return self.theme.font(token, weight)

    def size(self, token: str) -> int:
        return self.theme.size(token)

    def radius(self, token: str) -> int:
        return self.theme.radius(token)

    def pixmap(
        self, name: str, token: str = "grey-4", size: int = 16, scale: float = 1.0, opacity: float = 1.0
    ) -> QPixmap:
        """The icon in one colour, `size` logical pixels wide, crisp at the screen's `scale`."""
        key = (name, token, size, scale, opacity)
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, self.colour(token, opacity), size, scale)
        return self._drawn[key]

    def icon(self, name: str, token: str = "grey-4", active: str = "grey-5", size: int = 16) -> QIcon:
        icon = QIcon()
        for scale in (1.0, 1.5, 2.0):
            icon.addPixmap(self.pixmap(name, token, size, scale), QIcon.Mode.Normal, QIcon.State.Off)
            icon.addPixmap(self.pixmap(name, active, size, scale), QIcon.Mode.Active, QIcon.State.Off)
            icon.addPixmap(self.pixmap(name, active, size, scale), QIcon.Mode.Normal, QIcon.State.On)
            icon.addPixmap(self.pixmap(name, token, size, scale, DISABLED), QIcon.Mode.Disabled, QIcon.State.Off)
        return icon

    def _draw(self, name: str, colour: QColor, size: int, scale: float) -> QPixmap:
        svg = (self._icons / f"{name}.svg").read_text(encoding="utf-8")
        if size <= 12:
            svg = svg.replace('stroke-width="1.5"', 'stroke-width="1.8"', 1)
        renderer = QSvgRenderer(QByteArray(svg.replace("#000", colour.name()).encode()))
        pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setOpacity(colour.alphaF())
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def dress(self, app: QApplication) -> None:
        """Fusion, our palette, our font and the one style sheet. Done twice, it is done once."""
        sheet = style_sheet(self.theme.colours, self.theme.radii, self._icons)
        if app.styleSheet() == sheet:
            return
        for file in FONT_FILES:
            QFontDatabase.addApplicationFont(str(self._fonts / file))
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setPalette(_palette(self.theme))
        app.setFont(self.font())
        app.setStyleSheet(sheet)
        app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)


def _palette(theme: Theme) -> QPalette:
    palette, role, group = QPalette(), QPalette.ColorRole, QPalette.ColorGroup
    for part, token in {
        role.Window: "grey-1", role.WindowText: "grey-5", role.Base: "grey-0", role.AlternateBase: "grey-1",
        role.Text: "grey-5", role.PlaceholderText: "grey-4", role.Button: "grey-3", role.ButtonText: "grey-5",
        role.BrightText: "grey-5", role.Highlight: "accent", role.HighlightedText: "on-accent",
        role.ToolTipBase: "grey-2", role.ToolTipText: "grey-5", role.Link: "accent", role.LinkVisited: "accent",
        role.Light: "grey-3", role.Midlight: "grey-3", role.Mid: "grey-2", role.Dark: "grey-0", role.Shadow: "grey-0",
    }.items():  # fmt: skip
        palette.setColor(part, theme.colour(token))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, part, theme.colour("grey-5", 0.45))
    palette.setColor(role.Accent, theme.colour("accent"))
    return palette
