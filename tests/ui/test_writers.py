"""Setting up prompt writers: from presets and servers found, keys that are never shown, models, a test of all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from model_runtime import keys
from studio import assets
from studio.errors import StudioError
from studio.generation.writers import ADAPTERS, FoundServer, OfferedModel, PromptWriter, Tried, Writers, _checked
from studio.settings import Settings
from studio.ui.background import Background
from studio.ui.theme import Look
from studio.ui.writers.presets import preset_of, read_presets
from studio.ui.writers.sheet import WritersSheet
from tests.ui.conftest import Opened

PRESETS = read_presets(assets.folder() / "prompts" / "writers.toml")
SECRET = "sk-very-secret-0123456789"
OLLAMA = FoundServer("Ollama", "http://127.0.0.1:11434/v1", (OfferedModel("gemma3:4b", sees=True),))


class Scripted(Writers):
    """Answers what a test wants, when it wants."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, None)
        self.asked: list[tuple[str, PromptWriter | None]] = []
        self.answer: dict[str, Callable[[Any], None]] = {}

    def find_servers(self, answer: Callable[[Any], None]) -> None:
        self.asked.append(("servers", None))
        self.answer["servers"] = answer

    def ask_models(self, writer: PromptWriter, answer: Callable[[Any], None]) -> None:
        self.asked.append(("models", writer))
        self.answer["models"] = answer

    def try_writer(self, writer: PromptWriter, answer: Callable[[Any], None]) -> None:
        self.asked.append(("test", writer))
        self.answer["test"] = answer


class Bench:
    def __init__(self, qtbot: QtBot, look: Look, settings: Settings) -> None:
        self.qtbot = qtbot
        self.over = QWidget()
        self.over.resize(1280, 760)
        qtbot.addWidget(self.over)
        with qtbot.waitExposed(self.over):
            self.over.show()
        self.background = Background()
        self.writers = Scripted(settings)
        self.sheet = WritersSheet(look, self.over, self.writers, self.background, PRESETS)
        self.page = self.sheet.page

    def preset(self, title: str) -> None:
        self.sheet.add(next(one for one in PRESETS if one.title == title))

    def type(self, field: QLineEdit, text: str) -> None:
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def words(self) -> str:
        return " ".join(one.text() for one in self.sheet.findChildren(QLabel) if not one.isHidden())


@pytest.fixture
def bench(qtbot: QtBot, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(keys, "_keyring", lambda: None)
    monkeypatch.setattr(keys, "file_path", lambda: tmp_path / "keys.json")
    made = Bench(qtbot, look, Settings(tmp_path / "settings.json"))
    yield made
    made.background.close()


# --- presets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.title)
def test_every_preset_is_a_prompt_writer_as_it_stands(preset) -> None:
    assert preset.adapter in ADAPTERS and len({word for word, _ in preset.hosts}) == len(preset.hosts)
    for _, url in preset.hosts:
        assert _checked(PromptWriter("one", preset.title, preset.adapter, url)).base_url == url
        assert url.startswith("https://") or preset.group != "service" or not url
    if preset.group == "local":
        assert preset.base_url.startswith("http://127.0.0.1:") and not preset.keyed


def test_a_preset_is_known_again_by_any_of_its_addresses() -> None:
    assert preset_of(PRESETS, "https://api.moonshot.cn/v1/", "openai").title == "Kimi"
    assert preset_of(PRESETS, "", "claude").title == "Claude"
    assert preset_of(PRESETS, "https://my.own.host/v1", "openai") is None


# --- the sheet -------------------------------------------------------------------------------------------------------


def test_nothing_is_asked_of_this_machine_before_the_sheet_is_open(bench: Bench) -> None:
    assert bench.writers.asked == []
    bench.sheet.open()
    assert [what for what, _ in bench.writers.asked] == ["servers"]
    assert "Looking for servers on this machine" in bench.words()


def test_a_server_that_answers_is_set_up_by_one_button_with_its_model(bench: Bench) -> None:
    bench.sheet.open()
    bench.writers.answer["servers"]((OLLAMA,))
    button = bench.sheet.offers.itemAt(0).widget()
    assert button.text() == "Set up Ollama"
    button.click()
    (kept,) = bench.writers.all()
    assert (kept.title, kept.base_url, kept.model, kept.sees) == ("Ollama", OLLAMA.base_url, "gemma3:4b", True)
    assert bench.sheet.offers.count() == 0 and "Every server that answers here is set up." in bench.words()


def test_where_no_server_answers_that_is_said_and_so_is_a_failure(bench: Bench) -> None:
    bench.sheet.open()
    bench.writers.answer["servers"](())
    assert "No local server answers on its usual port." in bench.words()
    bench.writers.answer["servers"](StudioError("The words runtime is gone.", "Open the film again."))
    assert "The words runtime is gone. Open the film again." in bench.words()


def test_a_preset_is_added_changed_and_removed(bench: Bench) -> None:
    bench.sheet.open()
    bench.preset("Kimi")
    bench.preset("Kimi")
    assert [one.title for one in bench.writers.all()] == ["Kimi", "Kimi 2"]
    bench.type(bench.page.title, "Kimi at work")
    bench.page.host.setCurrentIndex(1)
    bench.page.host.activated.emit(1)
    bench.page.sees.button("yes").click()
    bench.type(bench.page.model.line, "kimi-k3")
    bench.qtbot.waitUntil(lambda: bench.writers.all()[1].base_url.endswith(".cn/v1"), timeout=10_000)
    changed = bench.writers.all()[1]
    assert (changed.title, changed.base_url, changed.sees, changed.model) == (
        "Kimi at work",
        "https://api.moonshot.cn/v1",
        True,
        "kimi-k3",
    )
    assert bench.page.address.text() == changed.base_url
    bench.page.remove.click()
    bench.qtbot.waitUntil(lambda: len(bench.writers.all()) == 1, timeout=10_000)
    assert bench.sheet.list.count() == 1 and bench.page.title.text() == "Kimi"


def test_a_keyring_that_waits_for_its_owner_does_not_hold_up_the_window(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.sheet.open()
    bench.preset("Kimi")
    asked_on: list[threading.Thread] = []
    monkeypatch.setattr(keys, "forget", lambda _: asked_on.append(threading.current_thread()))
    bench.page.remove.click()
    bench.qtbot.waitUntil(lambda: not bench.writers.all(), timeout=10_000)
    assert len(asked_on) == 1 and threading.main_thread() not in asked_on


def test_what_cannot_be_an_address_is_refused_in_the_page_and_changes_nothing(bench: Bench) -> None:
    bench.sheet.open()
    bench.preset("Ollama")
    before = bench.writers.all()
    bench.type(bench.page.address, "https://me:secret@host/v1")
    assert "Give the bare address." in bench.page.refusal.text() and not bench.page.refusal.isHidden()
    assert bench.writers.all() == before


def test_a_key_goes_to_where_keys_are_kept_and_is_shown_nowhere(bench: Bench, tmp_path: Path) -> None:
    bench.sheet.open()
    bench.preset("OpenAI")
    bench.qtbot.waitUntil(lambda: "No key is kept." in bench.page.key_words.text(), timeout=10_000)
    assert "There is no system keyring here" in bench.page.key_words.text()
    assert bench.page.key.echoMode() == QLineEdit.EchoMode.Password
    bench.type(bench.page.key, SECRET)
    bench.qtbot.waitUntil(lambda: "A key is kept." in bench.page.key_words.text(), timeout=10_000)
    assert keys.read("openai").reveal() == SECRET
    shown = bench.words() + "".join(one.text() for one in bench.sheet.findChildren(QLineEdit))
    assert SECRET not in shown and SECRET not in (tmp_path / "settings.json").read_text()
    bench.page.forget_key.click()
    bench.qtbot.waitUntil(lambda: "No key is kept." in bench.page.key_words.text(), timeout=10_000)
    assert not keys.read("openai")


def test_a_writer_that_moves_to_another_host_says_that_its_key_is_forgotten(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.sheet.open()
    bench.preset("Kimi")
    keys.store("kimi", SECRET)
    asked_on: list[threading.Thread] = []
    forget = keys.forget
    monkeypatch.setattr(keys, "forget", lambda one: (asked_on.append(threading.current_thread()), forget(one)))
    bench.type(bench.page.address, "https://elsewhere.org/v1")
    bench.type(bench.page.model.line, "typed-meanwhile")
    bench.qtbot.waitUntil(lambda: "Its key was forgotten" in bench.page.key_words.text(), timeout=10_000)
    (kept,) = bench.writers.all()
    assert (kept.base_url, kept.model) == ("https://elsewhere.org/v1", "typed-meanwhile")
    assert not keys.read("kimi") and threading.main_thread() not in asked_on
    bench.type(bench.page.key, SECRET)
    bench.qtbot.waitUntil(lambda: "A key is kept." in bench.page.key_words.text(), timeout=10_000)


def test_models_are_asked_for_chosen_and_their_end_is_told(bench: Bench) -> None:
    bench.sheet.open()
    bench.preset("OpenAI")
    bench.page.ask.click()
    assert not bench.page.ask.isEnabled()
    bench.writers.answer["models"]((OfferedModel("old", ends="2027-01-14", sees=True), OfferedModel("new")))
    assert "2 models to choose from." in bench.words() and bench.page.ask.isEnabled()
    bench.page.model.setCurrentIndex(0)
    bench.page.model.activated.emit(0)
    kept = bench.writers.all()[0]
    assert (kept.model, kept.sees) == ("old", True) and "old is switched off on 2027-01-14." in bench.words()


def test_the_test_of_a_connection_tells_what_came_of_it(bench: Bench) -> None:
    bench.sheet.open()
    bench.preset("Claude")
    bench.page.test.click()
    assert "Asking Claude, for at most 60 s" in bench.words() and not bench.page.test.isEnabled()
    bench.writers.answer["test"](StudioError("Claude refused the key.", "Copy it once more."))
    assert "Claude refused the key. Copy it once more." in bench.words() and bench.page.test.isEnabled()
    assert bench.page.outcome.property("role") == "bad"
    bench.page.test.click()
    assert bench.page.outcome.property("role") == "second"
    bench.writers.answer["test"](Tried("claude-x answered in 1.2 s.", 1.24))
    assert "claude-x answered in 1.2 s." in bench.words()


def test_an_answer_for_a_writer_that_is_no_longer_shown_is_heard_by_nobody(bench: Bench) -> None:
    bench.sheet.open()
    bench.preset("Claude")
    bench.page.test.click()
    late = bench.writers.answer["test"]
    bench.preset("Gemini")
    late(Tried("Claude answered.", 1.0))
    assert "Claude answered." not in bench.words() and bench.page.test.isEnabled()
    with bench.qtbot.waitSignal(bench.sheet.destroyed):
        bench.sheet.close_sheet()
    late(Tried("Claude answered.", 1.0))
    bench.writers.answer["servers"]((OLLAMA,))


def test_tab_reaches_every_field_and_each_has_a_name(bench: Bench) -> None:
    bench.sheet.open()
    bench.preset("Kimi")
    bench.qtbot.waitUntil(lambda: bool(bench.page.key_words.text()), timeout=10_000)
    reached, held = [], bench.over.focusWidget()
    while held not in reached:
        reached.append(held)
        bench.qtbot.keyClick(held, Qt.Key.Key_Tab)
        held = bench.over.focusWidget()
    assert all(one.accessibleName() for one in reached), [one for one in reached if not one.accessibleName()]
    page = bench.page
    assert {page.title, page.address, page.key, page.ask, page.test, page.remove, bench.sheet.list} <= set(reached)


def test_the_window_opens_the_sheet_from_its_menu(opened: Opened) -> None:
    opened.window.actions_by_id["prompt_writers"].trigger()
    sheet = opened.window.findChild(WritersSheet)
    assert sheet is not None and sheet.isVisible()
    sheet.close_sheet()
