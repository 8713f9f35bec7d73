"""The head of the viewer: what is played, what is laid over it, how large it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QSlider, QToolButton, QWidget, QWidgetAction

from studio.ui.parts.controls import DockHeader, IconButton, Segments, rule, text_label
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look
from studio.ui.viewer import compare
from studio.ui.viewer.overlays import DELIVERY, RATIOS, SAFE_AREAS, Overlays
from studio.ui.viewer.screen import FIT, ZOOMS

PLAYED = (("take", "Take"), ("shot", "Shot"), ("scene", "Scene"), ("cut", "Cut"))
ZOOM_WORDS = {FIT: "Fit", 100: "100 %", 200: "200 %"}
NAME_AT_LEAST = 48
"""Pixels that are kept for the name of what is on screen."""
ONION_FIRST = 30
"""Percent the onion skin begins with."""


class ViewerHeader(DockHeader):
    overlays_chosen = Signal(object)
    """Overlays"""
    zoom_chosen = Signal(int)
    compare_chosen = Signal(str)
    """how two takes are compared"""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Viewer")
        self._overlays, self._name = Overlays(), ""
        self._ticks: Mapping[str, QAction] = {}
        self.modes = Segments(PLAYED, "What the viewer plays")
        self.compare_modes = Segments(compare.MODES, "How two takes are compared")
        self.compare_modes.setVisible(False)
        self.compare_modes.chosen.connect(self.compare_chosen)
        self.compare = IconButton(look, "compare", "Compare takes", "C")
        self.compare.setCheckable(True)
        self.second.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.second.setMinimumWidth(NAME_AT_LEAST)
        self._build()

    def show_name(self, words: str) -> None:
        """What is on screen; shortened where there is little room, whole in the tooltip."""
        self._name = words
        self.second.setToolTip(plain_tip(words))
        self._fit_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        room = max(NAME_AT_LEAST, self.second.width())
        self.second.setText(self.second.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room))

    @property
    def overlays(self) -> Overlays:
        return self._overlays

    def show_overlays(self, overlays: Overlays) -> None:
        self._overlays = overlays
        shown = {"matte": overlays.matte, "safe_areas": overlays.safe, "thirds": overlays.thirds,
                 "centre": overlays.centre, "onion": overlays.onion}  # fmt: skip
        for name, tick in self._ticks.items():
            tick.setChecked(bool(shown[name]))
        for name, action in self._mattes.items():
            action.setChecked(name == overlays.matte)
        for solid, action in self._depths.items():
            action.setChecked(solid == overlays.solid)
        for name, action in self._safe.items():
            action.setChecked(name == overlays.safe)
        self._thirds.setChecked(overlays.thirds)
        self._centre.setChecked(overlays.centre)
        self._onion.blockSignals(True)
        self._onion.setValue(overlays.onion)
        self._onion.blockSignals(False)
        self.matte.setChecked(bool(overlays.matte))
        self.safe.setChecked(bool(overlays.safe))
        self.guides.setChecked(overlays.thirds or overlays.centre)
        self.onion.setChecked(overlays.onion > 0)

    def show_zoom(self, percent: int) -> None:
        self.zoom.setText(ZOOM_WORDS[percent])
        self.zoom.setAccessibleName(f"Size of the picture: {ZOOM_WORDS[percent]}")
        self._zooms[percent].setChecked(True)

    def show_compare(self, mode: str) -> None:
        """How two takes are compared; empty: they are not."""
        self.compare.setChecked(bool(mode))
        self.modes.setVisible(not mode)
        self.compare_modes.setVisible(bool(mode))
        if mode:
            self.compare_modes.choose(mode)

    # --- called by actions ---

    def know(self, built: Mapping[str, QAction]) -> None:
        """The entries of the menu that are ticked where something is shown."""
        self._ticks = {name: built[name] for name in ("matte", "safe_areas", "thirds", "centre", "onion")}
        self.show_overlays(self._overlays)

    def toggle_matte(self) -> None:
        self._choose(matte="" if self._overlays.matte else self._overlays.matte_kept)

    def toggle_safe(self) -> None:
        self._choose(safe="" if self._overlays.safe else "16:9")

    def toggle_thirds(self) -> None:
        self._choose(thirds=not self._overlays.thirds)

    def toggle_centre(self) -> None:
        self._choose(centre=not self._overlays.centre)

    def toggle_onion(self) -> None:
        self._choose(onion=0 if self._overlays.onion else ONION_FIRST)

    # --- building ---

    def _build(self) -> None:
        self.matte = self._overlay("matte", "Matte", "Ctrl Alt 1")
        self.safe = self._overlay("safe-area", "Safe areas", "Ctrl Alt 2")
        self.guides = self._overlay("thirds", "Thirds and centre", "Ctrl Alt 3")
        self.onion = self._overlay("onion", "Last picture of the shot before", "Ctrl Alt 5")
        self._build_mattes()
        self._build_safe()
        self._build_guides()
        self._build_onion()
        self._build_zoom()
        self.row.insertWidget(1, self.modes)
        self.row.insertWidget(2, self.compare_modes)
        self.row.setStretchFactor(self.second, 1)
        for button in (self.matte, self.safe, self.guides, self.onion):
            self.row.addWidget(button)
        self.row.addWidget(_upright())
        self.row.addWidget(self.compare)
        self.row.addWidget(self.zoom)

    def _overlay(self, icon: str, name: str, keys: str) -> IconButton:
        button = IconButton(self._look, icon, name, keys)
        button.setCheckable(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToHide.connect(lambda: self.show_overlays(self._overlays))
        button.setMenu(menu)
        return button

    def _build_mattes(self) -> None:
        menu = self.matte.menu()
        words = {"": "No matte", DELIVERY: "As the film is delivered", **{one: one for one in RATIOS}}
        self._mattes = self._choices(menu, words, self._choose_matte)
        menu.addSeparator()
        self._depths = self._choices(menu, {False: "Half", True: "Solid"}, lambda solid: self._choose(solid=solid))

    def _build_safe(self) -> None:
        words = {"": "No safe areas", **{name: f"{name}, {a} % and {t} %" for name, (a, t) in SAFE_AREAS.items()}}
        words["legacy"] = "Legacy, {} % and {} %".format(*SAFE_AREAS["legacy"])
        self._safe = self._choices(self.safe.menu(), words, lambda name: self._choose(safe=name))

    def _build_guides(self) -> None:
        menu = self.guides.menu()
        self._thirds, self._centre = menu.addAction("Thirds"), menu.addAction("Centre")
        for action in (self._thirds, self._centre):
            action.setCheckable(True)
        self._thirds.triggered.connect(lambda on: self._choose(thirds=on))
        self._centre.triggered.connect(lambda on: self._choose(centre=on))

    def _build_onion(self) -> None:
        self._onion = QSlider(Qt.Orientation.Horizontal)
        self._onion.setRange(0, 100)
        self._onion.setFixedWidth(140)
        self._onion.setAccessibleName("How much of the shot before is seen, in percent")
        self._onion.valueChanged.connect(lambda percent: self._choose(onion=percent))
        entry, box = QWidgetAction(self.onion.menu()), QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(text_label("Shot before", "second"))
        row.addWidget(self._onion)
        entry.setDefaultWidget(box)
        self.onion.menu().addAction(entry)

    def _build_zoom(self) -> None:
        self.zoom = QToolButton()
        self.zoom.setProperty("kind", "choice")
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.zoom.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.zoom.setIcon(self._look.icon("chevron-down"))
        self.zoom.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.zoom.setToolTip("Size of the picture  Ctrl and wheel")
        menu = QMenu(self.zoom)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._zooms = self._choices(menu, {one: ZOOM_WORDS[one] for one in ZOOMS}, self.zoom_chosen.emit)
        self.zoom.setMenu(menu)
        self.show_zoom(FIT)

    def _choices(self, menu: QMenu, words: Mapping[Any, str], choose: Callable[[Any], None]) -> dict[Any, QAction]:
        group, made = QActionGroup(menu), {}
        for one, word in words.items():
            action = QAction(word, menu)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, one=one: choose(one))
            group.addAction(action)
            menu.addAction(action)
            made[one] = action
        return made

    def _choose_matte(self, name: str) -> None:
        self._choose(matte=name, **({"matte_kept": name} if name else {}))

    def _choose(self, **other: Any) -> None:
        self.overlays_chosen.emit(replace(self._overlays, **other))


def _upright() -> QWidget:
    line = rule(upright=True)
    line.setFixedHeight(16)
    return line
