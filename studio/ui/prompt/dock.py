"""Shot and prompt: the shot's fields, who is in it, the draft, the text that is sent, and the buttons that generate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.errors import BadValue
from studio.project.cards import ShotCard
from studio.project.gallery_cards import SubjectCard
from studio.project.mentions import renamed
from studio.project.prompt_cards import ExpansionCard
from studio.project.timing import FrameRate
from studio.project.words import engine_word
from studio.ui.cast_row import CastRow
from studio.ui.choices import Choices
from studio.ui.outlook import Outlook
from studio.ui.parts.cause_line import CauseLine
from studio.ui.parts.controls import BadgeLabel, DockHeader, KeyButton, Stepper, labelled, scrolling, text_label
from studio.ui.parts.fields import ChoiceField, LineField, TextField
from studio.ui.parts.painting import cut_at_word
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.times import counted, read_length, shot_length
from studio.ui.parts.tips import plain_tip
from studio.ui.prompt.cast import Cast
from studio.ui.prompt.hints import Hint
from studio.ui.prompt.references import ReferencesSent
from studio.ui.prompt.text_box import PromptBox
from studio.ui.states import shot_badge
from studio.ui.theme import Look

MOST_TAKES = 16


class PromptPanel(QWidget):
    fields_edited = Signal(str, object)
    """shot id, the changed fields by name"""
    cast_edited = Signal(str, object)
    """shot id, tuple of CastRow"""
    generate_requested = Signal(str, int)
    """still or clip, number of takes"""
    refused = Signal(object)
    """StudioError: what was typed in a field cannot be used"""
    takes_changed = Signal(int)
    engine_chosen = Signal(str)
    subject_wanted = Signal(str)
    """a @name: to be added to the film, or given pictures where it is there"""

    def __init__(self, look: Look, rate: FrameRate, choices: Choices, pictures: PictureStore) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._rate = look, rate
        self._shot: ShotCard | None = None
        self._heading = ""
        self._known: dict[str, SubjectCard] = {}
        self.header = DockHeader(look, "Shot")
        self.badge = BadgeLabel(look, self)
        self.header.row.insertWidget(1, self.badge)
        self.header.row.insertStretch(2, 1)
        self.size_field = ChoiceField(choices.sizes)
        self.angle_field = ChoiceField(choices.angles)
        self.move_field = ChoiceField(choices.moves)
        self.length = LineField()
        self.dialogue = LineField("None")
        self.action = LineField("What happens, in one sentence")
        self.cast = Cast(look, choices)
        self.box = PromptBox(look, pictures)
        self.draft = self.box.draft
        self.references = ReferencesSent(look, pictures)
        self.cause = CauseLine(look)
        self.engine = ChoiceField((), "")
        self.seed = LineField("random")
        self.estimate = text_label("", "second")
        self.panel_button = KeyButton(look, "Generate panel", "Ctrl Enter", kind="main", icon="")
        self.motion_button = KeyButton(look, "Generate motion", "Ctrl Shift Enter", kind="large")
        self.takes = Stepper(look, "take", 1, MOST_TAKES)
        self._build()
        self._connect()
        self.show_outlook(Outlook())
        self.show_shot(None, "", (), (), editable=False)

    # --- what is shown ---

    @property
    def shot(self) -> ShotCard | None:
        return self._shot

    def show_film(self, rate: FrameRate) -> None:
        self._rate = rate

    def show_shot(
        self, shot: ShotCard | None, heading: str, cast: Sequence[CastRow], known: Sequence[SubjectCard], *,
        editable: bool = True,
    ) -> None:  # fmt: skip
        """`heading`: the scene's; `known`: every subject of the film."""
        other = (shot.id if shot else "") != (self._shot.id if self._shot else "")
        if other and self._shot is not None:
            self.keep()
        self._shot, self._heading = shot, heading
        self._body.setEnabled(shot is not None and editable)
        for button in (self.panel_button, self.motion_button):
            button.setEnabled(shot is not None and editable and (other or button.isEnabled()))
        self.header.title.setText(f"Shot {shot.number}" if shot else "Shot")
        self.badge.show_badge(shot_badge(shot) if shot else None)
        self._show_heading()
        self.cause.show_cause(shot.cause if shot else "")
        if shot is not None:
            self._show_fields(shot)
        self._known = {one.name: one for one in known}
        self.cast.show_cast(cast if shot else (), [(one.name, one.kind) for one in known])
        self.box.know(known, [row.name for row in cast])

    def show_expansions(self, cards: Sequence[ExpansionCard]) -> None:
        """All of the shot, newest first."""
        self.box.show_expansions(cards, writable=self._body.isEnabled())

    def show_outlook(self, outlook: Outlook) -> None:
        self.box.show_sent(outlook)
        can = not outlook.refusal and self._shot is not None and self._body.isEnabled()
        for button in (self.panel_button, self.motion_button):
            button.setEnabled(can)
            button.setToolTip(plain_tip(outlook.refusal))
        words = f"{outlook.refusal} {outlook.way_out}".strip() if outlook.refusal else outlook.estimate
        icon, token = ("warning", "warn") if outlook.refusal else ("estimate", "grey-4")
        self._estimate_icon.setPixmap(self._look.pixmap(icon, token, 16, self.devicePixelRatioF()))
        self._estimate_line.setVisible(bool(words))
        self.estimate.setText(words)

    def show_engines(self, engines: Sequence[str], chosen: str, most_words: int = 0) -> None:
        """`most_words`: of a prompt for the chosen one; 0 where that is not known."""
        self.engine.show_options({engine: engine_word(engine) for engine in engines}, chosen)
        self.box.show_engine(chosen, most_words)

    def keep(self) -> None:
        """Announces what is still being typed."""
        for field in (self.length, self.dialogue, self.action, self.draft):
            field.keep()

    def chosen_seed(self) -> int | None:
        """None: draw one. Raises BadValue for what is no whole number."""
        text = self.seed.text().strip()
        if not text:
            return None
        if not text.isdecimal():
            raise BadValue(f"The seed {text[:40]!r} cannot be used.", "Give a whole number, or leave it empty.")
        return int(text)

    def put_back(self, shot: ShotCard) -> None:
        """What was typed was refused: every field shows the film again; the draft keeps its words, unkept."""
        self._show_fields(shot, draft=False)
        self.draft.not_kept(shot.prompt)

    def _show_fields(self, shot: ShotCard, *, draft: bool = True) -> None:
        self.size_field.show_choice(shot.size)
        self.angle_field.show_choice(shot.angle)
        self.move_field.show_choice(shot.move)
        self.length.show_text(shot_length(shot.frames, self._rate))
        self.length.setToolTip(f"{counted(shot.frames, 'frame')} at {self._rate.shown}")
        self.dialogue.show_text(shot.dialogue)
        self.action.show_text(shot.action)
        if draft:
            self.draft.show_text(shot.prompt)

    def _show_heading(self) -> None:
        room = max(40, self.width() - self.header.title.sizeHint().width() - self.badge.width() - 60)
        self.header.second.setText(cut_at_word(self._heading, self.header.second.fontMetrics(), room))
        self.header.second.setToolTip(plain_tip(self._heading))

    def resizeEvent(self, event: object) -> None:
        self._show_heading()

    # --- edits ---

    def _edited(self, name: str, value: object) -> None:
        if self._shot is not None:
            self.fields_edited.emit(self._shot.id, {name: value})

    def _cast_edited(self, rows: tuple[CastRow, ...]) -> None:
        if self._shot is not None:
            self.cast_edited.emit(self._shot.id, rows)

    def _length_edited(self, text: str) -> None:
        if self._shot is None:
            return
        try:
            frames = read_length(text, self._rate)
        except BadValue as error:
            self.length.show_text(shot_length(self._shot.frames, self._rate))
            self.length.put_back()
            self.refused.emit(error)
            return
        self.length.show_text(shot_length(frames, self._rate))
        self._edited("frames", frames)

    def _connect(self) -> None:
        fields: dict[str, ChoiceField | LineField | TextField] = {
            "size": self.size_field, "angle": self.angle_field, "move": self.move_field,
            "dialogue": self.dialogue, "action": self.action, "prompt": self.draft,
        }  # fmt: skip
        for name, field in fields.items():
            field.edited.connect(lambda value, name=name: self._edited(name, value))
        self.length.edited.connect(self._length_edited)
        self.box.way_out_requested.connect(self._take_way_out)
        self.references.strip.page_requested.connect(self.box.page_requested)
        self.cast.edited.connect(self._cast_edited)
        self.panel_button.clicked.connect(lambda: self.generate_requested.emit("still", self.takes.value()))
        self.motion_button.clicked.connect(lambda: self.generate_requested.emit("clip", self.takes.value()))
        self.takes.changed.connect(self._takes_stepped)
        self.engine.edited.connect(self.engine_chosen)

    def _take_way_out(self, hint: Hint) -> None:
        match hint.kind:
            case "uncast":
                self._cast_edited((*self.cast.rows(), *(CastRow(name, self._known[name].kind) for name in hint.names)))
            case "unnamed":
                self._write(f"{self.draft.toPlainText().rstrip()} {' '.join(hint.names)}".lstrip())
            case "unknown" if len(hint.names) > 1:
                self._write(renamed(self.draft.toPlainText(), hint.names[0], hint.names[1]))
            case _:
                self.subject_wanted.emit(hint.names[0])

    def _write(self, text: str) -> None:
        """Into the draft as if it were typed: Ctrl Z in the field takes it back."""
        cursor = self.draft.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.draft.setTextCursor(cursor)
        self.draft.keep()

    def _takes_stepped(self, takes: int) -> None:
        self._name_buttons(takes)
        self.takes_changed.emit(takes)

    def _name_buttons(self, takes: int) -> None:
        self.panel_button.say("Generate panel" if takes == 1 else f"Generate {takes} panels")
        self.motion_button.say("Generate motion" if takes == 1 else f"Generate motion, {takes} takes")

    # --- building ---

    def _build(self) -> None:
        self._body = QWidget()
        self._body.setObjectName("panel")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(self._look.size("gap"))
        column.addWidget(self.cause)
        column.addLayout(self._grid())
        column.addWidget(labelled("Action", self.action, self._look))
        column.addWidget(self.cast)
        column.addWidget(self.box)
        column.addWidget(self.references)
        column.addLayout(self._engine_row())
        column.addStretch(1)
        scroll = scrolling(self._body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._foot())

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.size("gap"))
        grid.setVerticalSpacing(self._look.size("gap"))
        fields = (("Size", self.size_field), ("Angle", self.angle_field), ("Move", self.move_field))
        for place, (label, field) in enumerate(fields):
            grid.addWidget(labelled(label, field, self._look), 0, place)
            grid.setColumnStretch(place, 1)
        grid.addWidget(labelled("Length", self.length, self._look), 1, 0)
        grid.addWidget(labelled("Dialogue", self.dialogue, self._look), 1, 1, 1, 2)
        return grid

    def _engine_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.size("gap"))
        row.addWidget(labelled("Engine", self.engine, self._look), 1)
        row.addWidget(labelled("Seed", self.seed, self._look), 1)
        return row

    def _foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(self._look.size("gap"))
        self._estimate_line, self._estimate_icon = QWidget(), text_label()
        line = QHBoxLayout(self._estimate_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.estimate.setWordWrap(True)
        line.addWidget(self._estimate_icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.estimate, 1)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.panel_button, 1)
        first.addWidget(self.takes)
        second.addWidget(self.motion_button, 1)
        column.addWidget(self._estimate_line)
        column.addLayout(first)
        column.addLayout(second)
        return foot
