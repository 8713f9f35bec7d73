"""One prompt writer: its name, address, key and model, whether it sees, how long it is waited for, and a test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.errors import StudioError
from studio.generation.writers import ADAPTERS, KEY_FORGOTTEN, LONGEST_S, SHORTEST_S, OfferedModel, PromptWriter
from studio.project.words import counted
from studio.ui.parts.controls import KeyButton, Segments, labelled
from studio.ui.parts.fields import ChoiceField, LineField, NumberField
from studio.ui.parts.sheet import paragraph
from studio.ui.theme import Look
from studio.ui.writers.presets import Preset

NO_MODEL = "It offers no model; type the name of one."
OWN_ADDRESS = "The service’s own address"


class WriterPage(QWidget):
    edited = Signal(object)
    """PromptWriter: a field was changed"""
    key_given = Signal(str)
    forget_key_requested = Signal()
    models_requested = Signal()
    try_requested = Signal()
    remove_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._look = look
        self._writer: PromptWriter | None = None
        self._keyed, self._forgotten = True, False
        self._offered: dict[str, OfferedModel] = {}
        self.title, self.address = LineField(in_form=True, most=200), LineField(OWN_ADDRESS, in_form=True, most=200)
        self.adapter, self.host = ChoiceField(()), ChoiceField(())
        self.adapter.show_options(ADAPTERS, "openai")
        self.key = LineField("Paste the key", in_form=True, most=8_192)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep_key = KeyButton(look, "Keep key")
        self.forget_key = KeyButton(look, "Forget key", kind="quiet")
        self.key_words = paragraph("", "second")
        self.model = _ModelField()
        self.ask = KeyButton(look, "Ask for models")
        self.model_words = paragraph("", "second")
        self.sees = Segments((("no", "No"), ("yes", "Yes")), "It sees reference pictures")
        self.seconds = NumberField(int(SHORTEST_S), int(LONGEST_S), "s")
        self.test = KeyButton(look, "Test connection")
        self.outcome = paragraph("", "second")
        self.note = paragraph("", "second")
        self.refusal = paragraph("", "refusal")
        self.remove = KeyButton(look, "Remove", kind="quiet")
        self._build()
        self._connect()

    # --- what is shown ---

    def show_writer(self, writer: PromptWriter, preset: Preset | None) -> None:
        """Another one, or the same as it is now."""
        if self._writer is None or self._writer.id != writer.id:
            self._show_another()
        self._writer, self._keyed = writer, preset is None or preset.keyed
        self.title.show_text(writer.title)
        self.adapter.show_choice(writer.adapter)
        self.address.show_text(writer.base_url)
        self.model.show_text(writer.model)
        self.sees.choose("yes" if writer.sees else "no")
        self.seconds.setValue(int(writer.seconds))
        self.note.setText(preset.note if preset is not None else "")
        self.note.setVisible(bool(self.note.text()))
        self._show_hosts(writer, preset)
        self._show_model_words()

    def show_key(self, has_key: bool | None, where: str) -> None:
        """`has_key` None: it is being asked. The key itself is never shown."""
        none = f"No key is kept. {where}" if self._keyed else "It needs no key, unless one was set up for it."
        self._forgotten = self._forgotten and not has_key
        if self._forgotten:
            none = f"{KEY_FORGOTTEN} {none}"
        self.key_words.setText({None: "", True: f"A key is kept. {where}", False: none}[has_key])
        self.key.setPlaceholderText("Another key" if has_key else "Paste the key")
        self.forget_key.setEnabled(bool(has_key))

    def tell_key_forgotten(self) -> None:
        """Until another key is kept or another writer is shown."""
        self._forgotten = True

    def clear_key(self) -> None:
        self.key.show_text("")
        self.key.clear()

    def show_models(self, models: Sequence[OfferedModel]) -> None:
        self._offered = {one.id: one for one in models}
        self.model.offer(list(self._offered))
        self.outcome_of("models", f"{counted(len(models), 'model')} to choose from." if models else NO_MODEL)

    def outcome_of(self, what: str, words: str, *, failed: bool = False) -> None:
        """What became of a question; `what`: models or test."""
        label = self.model_words if what == "models" else self.outcome
        label.setText(words)
        label.setProperty("role", "bad" if failed else "second")
        label.style().polish(label)

    def show_busy(self, what: str, words: str) -> None:
        """A question is on its way: `words` say which; empty: it is answered."""
        button = self.ask if what == "models" else self.test
        button.setEnabled(not words)
        if words:
            self.outcome_of(what, words)

    def refuse(self, error: StudioError | None) -> None:
        self.refusal.setText(f"{error.sentence} {error.hint}".strip() if error is not None else "")
        self.refusal.setVisible(error is not None)

    def _show_another(self) -> None:
        self._offered, self._forgotten = {}, False
        self.model.offer([])
        self.clear_key()
        self.refuse(None)
        for what in ("models", "test"):
            self.show_busy(what, "")
            self.outcome_of(what, "")

    def _show_hosts(self, writer: PromptWriter, preset: Preset | None) -> None:
        several = preset is not None and len(preset.hosts) > 1
        self._host_box.setVisible(several)
        if preset is not None and several:
            self.host.show_options({url: word for word, url in preset.hosts}, writer.base_url)

    def _show_model_words(self) -> None:
        offered = self._offered.get(self.model.text())
        if offered is not None and offered.ends:
            self.outcome_of("models", f"{offered.id} is switched off on {offered.ends}.")

    # --- what is wished ---

    def _edit(self, **fields: object) -> None:
        if self._writer is None:
            return
        changed = replace(self._writer, **fields)  # type: ignore[arg-type]  # each field is given its own kind below
        if changed != self._writer:
            self.refuse(None)
            self.edited.emit(changed)

    def _choose_model(self, model: str) -> None:
        offered = self._offered.get(model)
        if offered is not None and offered.sees is not None:
            self._edit(model=model, sees=offered.sees)
        else:
            self._edit(model=model)

    def give_key(self) -> None:
        if self.key.text().strip():
            self.key_given.emit(self.key.text())

    # --- building ---

    def _build(self) -> None:
        look, grid = self._look, QGridLayout()
        grid.setHorizontalSpacing(look.size("gap"))
        grid.setVerticalSpacing(look.size("group-gap"))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._host_box = labelled("Region", self.host, look)
        grid.addWidget(labelled("Name", self.title, look), 0, 0)
        grid.addWidget(labelled("Speaks as", self.adapter, look), 0, 1)
        grid.addWidget(labelled("Address", self.address, look), 1, 0)
        grid.addWidget(self._host_box, 1, 1)
        grid.addWidget(labelled("Key", _beside(look, self.key, self.keep_key, self.forget_key), look), 2, 0, 1, 2)
        self.key.setAccessibleName("Key")
        grid.addWidget(self.key_words, 3, 0, 1, 2)
        grid.addWidget(labelled("Model", _beside(look, self.model, self.ask), look), 4, 0, 1, 2)
        for one in (self.model, self.model.line):
            one.setAccessibleName("Model")
        grid.addWidget(self.model_words, 5, 0, 1, 2)
        grid.addWidget(labelled("It sees reference pictures", self.sees, look), 6, 0)
        grid.addWidget(labelled("Waited for at most", self.seconds, look), 6, 1)
        test = QHBoxLayout()
        test.setSpacing(look.size("group-gap"))
        test.addWidget(self.test, 0, Qt.AlignmentFlag.AlignTop)
        test.addWidget(self.outcome, 1)
        test.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size("group-gap"))
        column.addWidget(self.note)
        column.addLayout(grid)
        column.addWidget(self.refusal)
        column.addLayout(test)
        column.addStretch(1)
        self.refuse(None)

    def _connect(self) -> None:
        self.title.edited.connect(lambda text: self._edit(title=text))
        self.address.edited.connect(lambda text: self._edit(base_url=text.strip().rstrip("/")))
        self.adapter.edited.connect(lambda one: self._edit(adapter=one))
        self.host.edited.connect(lambda url: self._edit(base_url=url))
        self.model.edited.connect(self._choose_model)
        self.sees.chosen.connect(lambda one: self._edit(sees=one == "yes"))
        self.seconds.edited.connect(lambda number: self._edit(seconds=float(number)))
        self.key.returnPressed.connect(self.give_key)
        self.keep_key.clicked.connect(self.give_key)
        self.forget_key.clicked.connect(self.forget_key_requested)
        self.ask.clicked.connect(self.models_requested)
        self.test.clicked.connect(self.try_requested)
        self.remove.clicked.connect(self.remove_requested)


class _ModelField(QComboBox):
    """A model typed, or chosen among those that are offered."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.line = LineField("Ask for models, or type one", in_form=True, most=200)
        self.setLineEdit(self.line)
        self.setMinimumWidth(80)
        self.line.edited.connect(lambda text: self.edited.emit(text.strip()))
        self.activated.connect(lambda _place: self.line.keep())

    def show_text(self, text: str) -> None:
        self.line.show_text(text)

    def text(self) -> str:
        return self.line.text().strip()

    def offer(self, models: list[str]) -> None:
        """What was typed stays."""
        typed = self.line.text()
        self.clear()
        self.addItems(models)
        self.line.setText(typed)


def _beside(look: Look, field: QWidget, *buttons: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.size("gap"))
    row.addWidget(field, 1)
    for button in buttons:
        row.addWidget(button)
    return box
