"""Draws the board: only what is seen, and of that only what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent, QRegion

from studio.ui.storyboard.board import parts as board_parts
from studio.ui.storyboard.board.card_delegate import CardDelegate
from studio.ui.storyboard.board.drops import BoardDrops
from studio.ui.storyboard.board.hands import BoardHands
from studio.ui.storyboard.board.keys import BoardKeys
from studio.ui.storyboard.board.scene_header import SceneHeader
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.theme import Look

if TYPE_CHECKING:
    from studio.ui.storyboard.board.view import BoardView

FADED = 0.35
"""Opacity of a card while it is dragged to another place."""


class BoardPainter:
    def __init__(
        self, view: BoardView, look: Look, shots: ShotList, delegate: CardDelegate, headers: SceneHeader,
        keys: BoardKeys,
    ) -> None:  # fmt: skip
        self._view, self._look, self._shots = view, look, shots
        self._delegate, self._headers, self._keys = delegate, headers, keys
        self.awaited: dict[object, set[str]] = {}
        """Cards that were painted without their picture, by its path."""

    def paint(self, event: QPaintEvent, hands: BoardHands, drops: BoardDrops) -> None:
        view, scrolled = self._view, self._view.verticalOffset()
        top, bottom = scrolled + event.rect().top(), scrolled + event.rect().bottom()
        rows, region = view.geometry_.rows_between(top, bottom), event.region().translated(0, scrolled)
        self._shots.read_rows(rows)
        painter = QPainter(view.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -scrolled)
        for place in view.geometry_.groups_between(top, bottom):
            self._paint_group(painter, place, region)
        self._paint_cards(painter, rows, region, hands)
        hands.paint(painter)
        painter.translate(0, scrolled)
        drops.paint(painter)

    def _paint_cards(self, painter: QPainter, rows: range, region: QRegion, hands: BoardHands) -> None:
        view, geometry, delegate = self._view, self._view.geometry_, self._delegate
        chosen, current = view.chosen_among(rows), view.currentIndex().row() if view.hasFocus() else -1
        hovered = geometry.row_at(view.hovered())
        dragged = set(hands.dragged) if not hands.copies else set()
        for row in rows:
            rect = geometry.card(row)
            if rect.isEmpty() or not region.intersects(rect):
                continue
            card = self._shots.card(row)
            if dragged:
                painter.setOpacity(FADED if card.id in dragged else 1.0)
            delegate.draw(painter, rect, card, self._shots.live(card.id))
            delegate.draw_edge(painter, rect, chosen=row in chosen, focused=row == current, over=row == hovered)
            if card.picture is not None and not delegate.has_picture(card.id):
                self.awaited.setdefault(card.picture, set()).add(card.id)
        painter.setOpacity(1.0)

    def _paint_group(self, painter: QPainter, place: int, region: QRegion) -> None:
        geometry = self._view.geometry_
        if region.intersects(geometry.header(place)):
            self._paint_header(painter, place)
        group, tile = geometry.groups[place], geometry.tile(place)
        if not tile.isEmpty() and region.intersects(tile):
            over = tile.contains(self._view.hovered())
            first = group.count == 0 and self._shots.scene(group.scene) is not None
            board_parts.paint_tile(painter, self._look, tile, over=over, first=first)

    def _paint_header(self, painter: QPainter, place: int) -> None:
        geometry, over = self._view.geometry_, self._view.hovered()
        group, rect = geometry.groups[place], geometry.header(place)
        scene, facts = self._shots.scene(group.scene), self._shots.facts(group)
        if scene is None:
            return
        focused = self._keys.header == place and self._view.hasFocus()
        zone = self._headers.zone_at(rect, facts, over) if rect.contains(over) else ""
        self._headers.paint(painter, rect, scene, facts, self._shots.rate, folded=group.folded, focused=focused,
                            zone=zone)  # fmt: skip
