"""Draws the shots row: one strip for each event, with number, state, length, picture and action; a folded scene as one.

Where strips would be narrower than a few pixels, one block stands for as many as lie there: the work of a paint is
bounded by the width of the window and not by the length of the film.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Set
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPixmap, QTransform

from studio.project.cards import ShotCard, ShotState
from studio.project.cut_cards import EventCard
from studio.project.shown import shown_at
from studio.ui.live import Live
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.parts.times import counted, shot_length
from studio.ui.states import shot_badge
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.timeline.canvas import Canvas
from studio.ui.storyboard.timeline.cut import SceneRun
from studio.ui.storyboard.timeline.geometry import STRIP, STRIP_ACTION, STRIP_HEAD, STRIP_PICTURE, Box, strip_top
from studio.ui.strips import FRAMES as FILM_FRAMES
from studio.ui.strips import part_of, strip_beside

NUMBER_ONLY, WITH_WORD, WITH_LENGTH = 48, 100, 130
"""Narrower than the first: the number alone; from the others on: the state's word, the length."""
BLOCK = 4
"""Strips narrower than this are drawn as blocks."""
DARKENED, OMITTED, IN_HAND = 0.4, 0.28, 0.35
ASKED = (164, 92)
"""Pictures are asked for as the board asks, so that they are decoded once."""
FILM_ASKED = (12 * 164, 92)
KEPT = 400
"""Pictures kept at the height of a strip."""

LiveOf = Callable[[str], Live | None]
"""How far a job is, by its id."""


class StripPainter:
    def __init__(
        self, shots: ShotList, pictures: PictureStore, films: PictureStore, previews: PreviewStore, live: LiveOf
    ) -> None:
        self._shots, self._pictures, self._films, self._previews = shots, pictures, films, previews
        self._live_of = live
        self._scaled: OrderedDict[tuple[int, int, bool], QPixmap] = OrderedDict()

    def paint(self, canvas: Canvas, selected: Set[str], in_hand: Set[str]) -> None:
        for box, event in self._strips(canvas):
            canvas.painter.setOpacity(IN_HAND if event.id in in_hand else 1.0)
            self._paint_strip(canvas, canvas.rect(box), event)
            if event.id in selected:
                self._outline(canvas, canvas.rect(box))
            canvas.painter.setOpacity(1.0)
        for run in self._folded(canvas):
            self._paint_run(canvas, run, selected)

    # --- which ---

    def _strips(self, canvas: Canvas) -> Iterator[tuple[Box, EventCard]]:
        """What is seen, a block of BLOCK pixels for several strips that lie closer together."""
        cut, geometry = canvas.geometry.cut, canvas.geometry
        seen = geometry.events_between(canvas.seen_left, canvas.seen_right)
        place = seen.start
        while place < seen.stop:
            event = cut.events[place]
            if event.scene in cut.folded:
                place += 1
                continue
            box = geometry.event_box(event)
            place += 1
            if box.width < BLOCK:
                box = Box(box.left, box.top, BLOCK - 1, box.height)
                place = max(place, cut.place_at(geometry.scale.frame_at(box.left + BLOCK)) or seen.stop)
            yield box, event

    def _folded(self, canvas: Canvas) -> list[SceneRun]:
        cut, scale = canvas.geometry.cut, canvas.geometry.scale
        if not cut.folded:
            return []
        runs = cut.runs_between(scale.frame_at(canvas.seen_left), scale.frame_at(canvas.seen_right) + 1)
        return [run for run in runs if run.scene in cut.folded]

    def card(self, shot: str) -> ShotCard | None:
        """None where it has not been read yet: the strip is drawn without its state until it is."""
        return self._shots.known_card(shot)

    # --- one strip ---

    def _paint_strip(self, canvas: Canvas, rect: QRect, event: EventCard) -> None:
        if rect.width() < 2 * BLOCK:
            canvas.fill(rect, "grey-2")
            return
        canvas.fill(rect, "grey-2", radius=canvas.look.radius("control"))
        card = self.card(event.shot)
        picture = QRect(rect.left(), rect.top() + STRIP_HEAD, rect.width(), STRIP_PICTURE)
        self._paint_picture(canvas, picture, event, card)
        running = card is not None and card.state is ShotState.RUNNING
        live = self._live_of(card.job or "") if card is not None and running else None
        if live is not None:
            bar = QRect(picture.left(), picture.bottom() - 3, picture.width(), 4)
            painting.draw_bar(canvas.painter, canvas.look, bar, *live.bar)
        self._paint_head(canvas, rect, event, card, live)
        if rect.width() >= NUMBER_ONLY:
            foot = QRect(rect.left() + 8, picture.bottom() + 2, rect.width() - 12, STRIP_ACTION)
            words = event.action or (f"“{event.dialogue}”" if event.dialogue else (card.prompt if card else ""))
            canvas.write(words, foot, canvas.inks.micro, "grey-4")

    def _paint_head(
        self, canvas: Canvas, rect: QRect, event: EventCard, card: ShotCard | None, live: Live | None
    ) -> None:
        inks = canvas.inks
        head = QRect(rect.left() + 8, rect.top() + 2, rect.width() - 12, STRIP_HEAD - 2)
        needed = inks.width(inks.lead, event.shot_number)
        if head.width() < needed:
            if rect.width() >= 20:
                canvas.write(event.shot_number, head.adjusted(-4, 0, 2, 0), inks.micro, "grey-5")
            return
        left = head.left() + canvas.write(event.shot_number, head, inks.lead, "grey-5") + 8
        if rect.width() < NUMBER_ONLY or card is None:
            return
        right = head.right()
        if rect.width() >= WITH_LENGTH:
            length = shot_length(event.frames, canvas.geometry.cut.rate)
            if left + 20 + inks.width(inks.micro, length) < right:
                right -= canvas.write(length, head, inks.micro, "grey-4", right=True) + 8
        badge = shot_badge(card)
        if left + 12 > right:
            return
        canvas.icon(badge.icon, badge.text, left, head.center().y() + 1, 12)
        word = live.short if live is not None and live.short else badge.word
        room = QRect(left + 16, head.top(), right - left - 16, head.height())
        if rect.width() >= WITH_WORD and inks.width(inks.micro, word) <= room.width():
            canvas.write(word, room, inks.micro, badge.text)

    # --- its picture ---

    def _paint_picture(self, canvas: Canvas, rect: QRect, event: EventCard, card: ShotCard | None) -> None:
        canvas.fill(rect, "grey-0")
        running = card is not None and card.state is ShotState.RUNNING
        preview = self._previews.pixmap(card.job) if card is not None and running else None
        if preview is not None:
            self._along(canvas, rect, self._fitted(canvas, preview, event.flop))
        elif event.media is not None or event.panels or event.picture is not None:
            self._paint_material(canvas, rect, event, card)
        else:
            self._paint_missing(canvas, rect, card)
        self._paint_notes(canvas, rect, event)

    def _paint_material(self, canvas: Canvas, rect: QRect, event: EventCard, card: ShotCard | None) -> None:
        canvas.painter.save()
        failed = card is not None and card.state is ShotState.FAILED
        canvas.painter.setOpacity(canvas.painter.opacity() * (DARKENED if failed else 1.0))
        film = self._film(rect, event)
        for part, path in () if film is not None else self._parts(rect, canvas, event):
            pixmap = self._pictures.pixmap(path, *ASKED)
            if pixmap is not None and not pixmap.isNull():
                self._along(canvas, part, self._fitted(canvas, pixmap, event.flop))
            elif pixmap is not None:
                canvas.icon("picture", "grey-4", part.center().x() - 8, part.center().y())
        if film is not None:
            self._filmed(canvas, rect, event, film)
        canvas.painter.restore()
        self._paint_held(canvas, rect, event)

    def _parts(self, rect: QRect, canvas: Canvas, event: EventCard) -> Iterator[tuple[QRect, Path]]:
        """The poster of the take along the whole strip, or each panel for as long as it is shown."""
        if event.media is not None:
            yield rect, event.picture if event.picture is not None else event.media
            return
        if not event.panels and event.picture is not None:
            yield rect, event.picture
        start = 0
        for panel in event.panels:
            left = max(rect.left(), canvas.x(event.film_frame + start))
            right = min(rect.right() + 1, canvas.x(event.film_frame + start + panel.frames))
            if right > left:
                yield QRect(left, rect.top(), right - left, rect.height()), panel.picture
            start += panel.frames

    def _along(self, canvas: Canvas, rect: QRect, pixmap: QPixmap) -> None:
        """At its true shape, from the left on as often as it fits; its middle where not even one does."""
        width = round(pixmap.width() / pixmap.devicePixelRatio())
        painter = canvas.painter
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        if width >= rect.width():
            painter.drawPixmap(QPoint(rect.left() - (width - rect.width()) // 2, rect.top()), pixmap)
        else:
            for left in range(rect.left(), rect.right() + 1, max(1, width)):
                painter.drawPixmap(QPoint(left, rect.top()), pixmap)
        painter.restore()

    def _film(self, rect: QRect, event: EventCard) -> QPixmap | None:
        """Frames of the whole take side by side, for a strip on which more than one of them has room."""
        if event.media is None or event.picture is None or event.hold or rect.width() < 2 * ASKED[0]:
            return None
        film = self._films.pixmap(strip_beside(event.picture), *FILM_ASKED)
        return None if film is None or film.isNull() else film

    def _filmed(self, canvas: Canvas, rect: QRect, event: EventCard, film: QPixmap) -> None:
        """Along the strip the frames the event really shows there."""
        fitted = self._fitted(canvas, film, False)
        ratio, painter = fitted.devicePixelRatio(), canvas.painter
        width = max(1, round(fitted.width() / FILM_FRAMES / ratio))
        start = canvas.x(event.film_frame)
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        for left in range(start + (rect.left() - start) // width * width, rect.right() + 1, width):
            at = canvas.geometry.scale.frame_at(left + width // 2 + canvas.left) - event.film_frame
            shown = shown_at(event, canvas.geometry.cut.rate, max(0, min(at, event.frames - 1)))
            source = part_of(fitted, max(0, shown.take_frame) / max(1, event.take_frames))
            if event.flop:
                painter.save()
                painter.translate(2 * left + width, 0)
                painter.scale(-1, 1)
            painter.drawPixmap(QRect(left, rect.top(), width, rect.height()), fitted, source)
            if event.flop:
                painter.restore()
        painter.restore()

    def _fitted(self, canvas: Canvas, pixmap: QPixmap, flop: bool) -> QPixmap:
        """As high as the strip's picture, crisp on this screen, mirrored where the event is."""
        scale = canvas.painter.device().devicePixelRatioF()
        key = (pixmap.cacheKey(), round(STRIP_PICTURE * scale), flop)
        if key in self._scaled:
            self._scaled.move_to_end(key)
            return self._scaled[key]
        fitted = pixmap.scaledToHeight(key[1], Qt.TransformationMode.SmoothTransformation)
        if flop:
            fitted = fitted.transformed(QTransform.fromScale(-1, 1))
        fitted.setDevicePixelRatio(scale)
        self._scaled[key] = fitted
        while len(self._scaled) > KEPT:
            self._scaled.popitem(last=False)
        return fitted

    def _paint_missing(self, canvas: Canvas, rect: QRect, card: ShotCard | None) -> None:
        state = card.state if card is not None else ShotState.EMPTY
        if rect.width() > 12:
            painting.outline(canvas.painter, rect.adjusted(1, 1, -1, -1), 2, canvas.colour("grey-4"), 1, dashed=True)
        if rect.width() < 28:
            return
        icon = {ShotState.QUEUED: "queued", ShotState.RUNNING: "queued", ShotState.FAILED: "failed"}.get(state, "empty")
        token = "bad" if state is ShotState.FAILED else "grey-4"
        canvas.icon(icon, token, rect.center().x() - 8, rect.center().y())

    def _paint_held(self, canvas: Canvas, rect: QRect, event: EventCard) -> None:
        """Under hatch what the take has no frame of its own for, and the words where there is room."""
        held, scale = canvas.geometry.cut.held(event), canvas.geometry.scale
        ends = ((held.before, 0, "Holds first"), (held.after, event.frames - held.after, "Holds last"))
        for frames, at, word in ends:
            if not frames:
                continue
            left = max(rect.left(), canvas.x(event.film_frame + at))
            right = min(rect.right() + 1, canvas.x(event.film_frame + at) + max(2, scale.x_of(frames)))
            part = QRect(left, rect.top(), right - left, rect.height())
            canvas.fill(part, "grey-0", 0.55)
            canvas.hatch(part)
            self._plate(canvas, part, f"{word} {shot_length(frames, canvas.geometry.cut.rate)}")

    def _paint_notes(self, canvas: Canvas, rect: QRect, event: EventCard) -> None:
        """What the event does with its picture, in words on a plate at the foot of the picture."""
        words = " · ".join(notes_of(event)) if rect.width() >= NUMBER_ONLY else ""
        if words:
            self._plate(canvas, rect, words, left=True)

    def _plate(self, canvas: Canvas, rect: QRect, words: str, *, left: bool = False) -> None:
        inks = canvas.inks
        plate = QRect(0, 0, inks.width(inks.micro_medium, words) + 8, 16)
        if plate.width() > rect.width() - 8:
            return
        plate.moveBottomLeft(rect.bottomLeft() + QPoint(4, -4))
        if not left:
            plate.moveTopRight(rect.topRight() + QPoint(-4, 4))
        canvas.fill(plate, "grey-0", 0.78, canvas.look.radius("badge"))
        canvas.painter.setFont(inks.micro_medium)
        canvas.painter.setPen(canvas.colour("grey-5"))
        canvas.painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    # --- a folded scene ---

    def _paint_run(self, canvas: Canvas, run: SceneRun, selected: Set[str]) -> None:
        geometry = canvas.geometry
        left, right = geometry.scale.x_of(run.film_frame), geometry.scale.x_of(run.end)
        box = Box(left, strip_top(geometry.shots_row), max(1, right - left - 2), STRIP)
        rect, events = canvas.rect(box), geometry.cut.events_of(run)
        canvas.fill(rect, "grey-2", radius=canvas.look.radius("control"))
        self._paint_picture(canvas, rect.adjusted(0, STRIP_HEAD, 0, -STRIP_ACTION - 2), events[0], None)
        words = f"{counted(run.count, 'shot')} · {shot_length(run.frames, geometry.cut.rate)}"
        head = QRect(rect.left() + 8, rect.top() + 2, rect.width() - 12, STRIP_HEAD - 2)
        if rect.width() >= NUMBER_ONLY:
            canvas.write(f"{events[0].shot_number}–{events[-1].shot_number}", head, canvas.inks.lead, "grey-5")
            foot = QRect(head.left(), rect.bottom() - STRIP_ACTION, head.width(), STRIP_ACTION)
            canvas.write(words, foot, canvas.inks.micro, "grey-4")
        if any(event.id in selected for event in events):
            self._outline(canvas, rect)

    @staticmethod
    def _outline(canvas: Canvas, rect: QRect) -> None:
        if rect.width() < 2 * BLOCK:
            canvas.painter.fillRect(rect, canvas.colour("accent"))
        else:
            painting.outline(canvas.painter, rect, canvas.look.radius("control"), canvas.colour("accent"), 2)


def notes_of(event: EventCard) -> list[str]:
    """`Flop`, `Reverse`, `50 %`, `Reframe`, `Holds first frame`: what an event does with its picture, in words."""
    words = ["Flop"] if event.flop else []
    words += ["Reverse"] if event.speed_num < 0 else []
    percent = abs(event.speed_num) * 100 / event.speed_den
    words += [f"{percent:g} %"] if percent != 100 else []
    words += [f"Holds {event.hold} frame"] if event.hold else []
    return words + (["Reframe"] if event.framing_start or event.framing_end else [])
