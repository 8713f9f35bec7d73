"""Buttons, segments, dock headers, labelled fields: the controls every panel is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.project.words import counted
from studio.ui.parts.painting import Badge, badge_width, draw_badge, draw_bar, draw_key_cap, key_cap_width
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look


def text_label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label


def rule(upright: bool = False) -> QFrame:
    frame = QFrame()
    frame.setObjectName("upright" if upright else "rule")
    return frame


class IconButton(QToolButton):
    """A 24 x 24 button with an icon alone; its name is read out and shown as the tooltip."""

    def __init__(self, look: Look, icon: str, name: str, keys: str = "", *, size: int = 24) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(size, size)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_icon(icon)
        self.name(name, keys)

    def show_icon(self, icon: str) -> None:
        self.setIcon(self._look.icon(icon))

    def name(self, name: str, keys: str = "") -> None:
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(f"{name}  {keys}" if keys else name))


class KeyButton(QPushButton):
    """A button with its key inside as a key cap."""

    def __init__(self, look: Look, text: str, keys: str = "", *, kind: str = "", icon: str = "", ink: str = "") -> None:
        super().__init__(text)
        self._look, self._keys = look, keys
        self._ink = ink or ("on-accent" if kind == "main" else "grey-5")
        if kind:
            self.setProperty("kind", kind)
        if icon:
            self.setIcon(look.icon(icon, self._ink, self._ink))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._cap_room(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _cap_room(self) -> int:
        return key_cap_width(self._look, self._keys) + 8 if self._keys else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        ink = self._look.colour(self._ink if self.isEnabled() else "grey-5", 1.0 if self.isEnabled() else 0.45)
        metrics = QFontMetrics(self.font())
        icon = 16 + 8 if not self.icon().isNull() else 0
        words = metrics.horizontalAdvance(self.text())
        left = (self.width() - icon - words - self._cap_room()) // 2
        if icon:
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            self.icon().paint(painter, QRect(left, (self.height() - 16) // 2, 16, 16), mode=mode)
        painter.setFont(self.font())
        painter.setPen(ink)
        painter.drawText(QRect(left + icon, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._keys:
            draw_key_cap(painter, self._look, self._keys, left + icon + words + 8, self.height() // 2, ink)


class SegmentButton(QPushButton):
    """One word of a switch, with its key after it in second grey where it has one."""

    def __init__(self, word: str, keys: str = "", look: Look | None = None) -> None:
        super().__init__(word)
        self._keys, self._look = keys, look
        self.setCheckable(True)
        self.setProperty("kind", "segment")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._keys_room(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _keys_room(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self._keys) + 6 if self._keys else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None or not self._keys:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        chosen = self.isChecked() or self.underMouse()
        left = self.rect().adjusted(9, 0, 0, 0)
        painter.setPen(self._look.colour("grey-5" if chosen else "grey-4"))
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, self.text())
        after = left.adjusted(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 6, 0, 0, 0)
        painter.setPen(self._look.colour("grey-4", 1.0 if chosen else 0.7))
        painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, self._keys)


class Segments(QWidget):
    """A switch between a few views; exactly one is chosen."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], name: str, keys: Mapping[str, str] | None = None,
        look: Look | None = None,
    ) -> None:  # fmt: skip
        """`options`: (id, word). `keys`: the key of an option, shown in it; painting it needs the look."""
        super().__init__()
        self.setObjectName("segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self._buttons: dict[str, QPushButton] = {}
        group, row = QButtonGroup(self), QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for one, word in options:
            button = SegmentButton(word, (keys or {}).get(one, ""), look)
            button.setAccessibleName(f"{name}: {word}")
            button.clicked.connect(lambda _checked=False, one=one: self.chosen.emit(one))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[one] = button
        self._buttons[options[0][0]].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(24)

    def choose(self, one: str) -> None:
        """Shows `one` as chosen without announcing it."""
        self._buttons[one].setChecked(True)

    def current(self) -> str:
        return next(one for one, button in self._buttons.items() if button.isChecked())

    def word(self, one: str, word: str) -> None:
        self._buttons[one].setText(word)

    def button(self, one: str) -> QPushButton:
        return self._buttons[one]


class BadgeLabel(QWidget):
    """A badge as a widget; takes no room while it has nothing to say."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """With a parent where it is shown before it is in a layout: a widget without one opens a window."""
        super().__init__(parent)
        self._look = look
        self._badge: Badge | None = None
        self.setFixedHeight(look.size("badge"))
        self.show_badge(None)

    def show_badge(self, badge: Badge | None) -> None:
        self._badge = badge
        self.setVisible(badge is not None)
        if badge is not None:
            self.setFixedWidth(badge_width(self._look, badge))
            self.setAccessibleName(badge.word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._badge is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_badge(painter, self._look, self._badge, 0, 0)


class KeyCap(QWidget):
    """One key, drawn as a cap."""

    def __init__(self, look: Look, keys: str) -> None:
        super().__init__()
        self._look, self._keys = look, keys
        self.setFixedSize(key_cap_width(look, keys), look.size("key-cap"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_key_cap(painter, self._look, self._keys, 0, self.height() // 2, self._look.colour("grey-4"))


class ProgressBar(QWidget):
    """The 4 pixel bar; moves once for each real step."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._done, self._total = look, 0, 0
        self.setFixedHeight(look.size("bar"))
        self.setAccessibleName("Progress")

    def show_step(self, done: int, total: int) -> None:
        if (done, total) != (self._done, self._total):
            self._done, self._total = done, total
            self.setAccessibleDescription(f"step {done} of {total}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_bar(painter, self._look, self.rect(), self._done, self._total)


class DockHeader(QWidget):
    """32 high: title, then count or subject in second grey, then what the panel adds. Owns the focus line on top."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look, self._active = look, False
        self.setObjectName("dock_header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(look.size("dock-header"))
        self.title = text_label(title, "title")
        self.second = text_label("", "second")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 0, 12, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self.title)
        self.row.addWidget(self.second)

    def owns_keys(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._active:
            QPainter(self).fillRect(0, 0, self.width(), 2, self._look.colour("accent"))


def labelled(label: str, field: QWidget, look: Look) -> QWidget:
    """A field with its label above it in `micro`; the label is also the field's accessible name."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.size("grid"))
    word = text_label(label, "label")
    word.setBuddy(field)
    column.addWidget(word)
    column.addWidget(field)
    field.setAccessibleName(label)
    return box


class Stepper(QWidget):
    """A small whole number between minus and plus: how many takes."""

    changed = Signal(int)

    def __init__(self, look: Look, name: str, least: int, most: int) -> None:
        """`name` of one of them."""
        super().__init__()
        self._look, self._least, self._most, self._name = look, least, most, name
        self._value = least
        self.setFixedSize(68, look.size("large-button"))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        self.less = IconButton(look, "minus", f"Fewer {name}s", size=22)
        self.more = IconButton(look, "plus", f"More {name}s", size=22)
        self.number = text_label("", "lead")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for one in (self.less, self.number, self.more):
            row.addWidget(one)
        self.less.clicked.connect(lambda: self.set_value(self._value - 1))
        self.more.clicked.connect(lambda: self.set_value(self._value + 1))
        self.set_value(least)

    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        value = max(self._least, min(self._most, value))
        announce, self._value = value != self._value, value
        self.number.setText(str(value))
        self.number.setAccessibleName(counted(value, self._name))
        self.less.setEnabled(value > self._least)
        self.more.setEnabled(value < self._most)
        if announce:
            self.changed.emit(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("grey-3"))
        painter.drawRoundedRect(self.rect(), self._look.radius("control"), self._look.radius("control"))


def clear_layout(layout: QHBoxLayout | QVBoxLayout, keep: Callable[[QWidget], bool] = lambda _widget: False) -> None:
    """Takes every widget out of the layout and deletes it, except those `keep` says to keep (they stay)."""
    for place in reversed(range(layout.count())):
        entry = layout.itemAt(place)
        widget = entry.widget() if entry is not None else None
        if widget is None:
            layout.takeAt(place)
        elif not keep(widget):
            layout.takeAt(place)
            widget.hide()
            widget.deleteLater()


def scrolling(body: QWidget) -> QScrollArea:
    """`body`, as wide as there is room, in an area that scrolls and leaves the keyboard to what is inside."""
    scroll = QScrollArea()
    scroll.setWidget(body)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.viewport().setAutoFillBackground(False)
    return scroll
