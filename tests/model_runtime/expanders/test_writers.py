"""Every prompt writer against a service that speaks its protocol and misbehaves: one table of writer and case."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from model_runtime import keys, protocol
from model_runtime.expanders import connection, hosted
from model_runtime.expanders.base import Stop, WriterFailed
from tests.writer_stub import ADAPTERS, ANSWERS, EVENTS, GOOD, RETRY_AFTER, WriterStub
from tests.writer_table import CASES, KEY, Outcome, outcome_of, request, the_writer, wanted_rows

ASSETS = Path(__file__).resolve().parents[3] / "assets"
DRAFT = request("openai", "http://127.0.0.1:1").draft


@pytest.fixture(scope="module")
def stub() -> Iterator[WriterStub]:
    with WriterStub() as one:
        yield one


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosted, "BACK_OFF_S", (0.01, 0.02))


@pytest.fixture
def home(tmp_path: Path) -> hosted.HostedWriters:
    return hosted.HostedWriters(ASSETS, tmp_path, lambda _: keys.Secret(KEY))


def asked(stub: WriterStub, home: hosted.HostedWriters, wanted: protocol.ExpandPrompt) -> list[protocol.Message]:
    told: list[protocol.Message] = []
    told.append(home.answered(wanted, Stop(), told.append))
    return told


# --- the table ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("case", sorted(CASES))
def test_every_case_ends_as_it_should(stub: WriterStub, home: hosted.HostedWriters, adapter: str, case: str) -> None:
    found = outcome_of(home, stub, adapter, case)
    wanted = CASES[case]
    assert found.kind == wanted.kind, found
    assert found.asked == wanted.asked, "the service was asked more or less often than it should be"
    assert all(any(word in one for one in found.warnings) for word in wanted.warnings), found.warnings
    assert len(found.warnings) == len(wanted.warnings), found.warnings
    assert KEY not in repr(found)


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("text", [ANSWERS["good"].replace("courier", KEY), f"I'm sorry, I cannot help {KEY}."])
def test_a_key_the_service_writes_into_its_answer_goes_no_further(
    stub: WriterStub, home: hosted.HostedWriters, adapter: str, text: str
) -> None:
    stub.raw = b"".join(one.encode() for one in EVENTS[adapter]("good", text))
    assert KEY in text and KEY not in repr(outcome_of(home, stub, adapter, "raw"))


@pytest.mark.parametrize("told", ["inf", "nan", "1e999", "-3", "soon", ""])
def test_a_senseless_retry_after_is_as_good_as_none(
    stub: WriterStub, home: hosted.HostedWriters, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setitem(RETRY_AFTER, "busy", told)
    found = outcome_of(home, stub, "openai", "busy")
    assert (found.kind, found.asked) == ("busy", 3)


def test_the_page_shows_this_table() -> None:
    page = (ASSETS.parent / "docs" / "prompt-writers.md").read_text(encoding="utf-8")
    assert "\n".join(wanted_rows()) in page


def test_text_comes_in_parts_and_in_the_styles_order(stub: WriterStub, home: hosted.HostedWriters) -> None:
    found = asked(stub, home, request("claude", stub.address("good")))[-1]
    assert isinstance(found, protocol.Expanded)
    assert [one.kind for one in found.parts] == ["caption", "subjects", "motion", "camera", "negative"]
    assert found.text == " ".join([GOOD["caption"], *GOOD["subjects"], GOOD["motion"], GOOD["camera"]])
    assert found.negative == GOOD["negative"] and found.model == "test-1"


ODD = (
    b"null",
    b"[]",
    b"{}",
    b"7",
    b"\xff",
    b"\\ud800",
    b"data: {}\n\n",
    b"data: []\n\n",
    b"data: 7\n\n",
    b"event: error\n",
)
"""What no service should send in the midst of a stream."""


@pytest.mark.parametrize("adapter", ADAPTERS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_stream_is_a_text_or_one_sentence(
    stub: WriterStub, home: hosted.HostedWriters, adapter: str, data: st.DataObject
) -> None:
    whole = b"".join(one.encode() for one in EVENTS[adapter]("good", ANSWERS["good"]))
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 60))
    stub.raw = whole[:at] + data.draw(st.sampled_from(ODD) | st.binary(max_size=8)) + whole[at + gone :]
    found = outcome_of(home, stub, adapter, "raw")
    assert found.kind in ("text", "answer", "unreachable", "service", "busy"), found


# --- what is sent -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_the_question_tells_all_the_shot_tells(stub: WriterStub, home: hosted.HostedWriters, adapter: str) -> None:
    wanted = replace(
        request(adapter, stub.address("good")),
        fields={"size": "close-up"},
        before={"number": "12_0010", "prompt": "an empty pier"},
        style_notes="Muted colours throughout.",
        locked=(protocol.PromptPart("camera", "The camera stands still."),),
        variant=2,
        language="zh",
    )
    asked(stub, home, wanted)
    sent = json.dumps(stub.heard[-1].content, ensure_ascii=False)
    told = [
        "close-up",
        "an empty pier",
        "Muted colours throughout.",
        "The camera stands still.",
        "Chinese",
        "version 2",
    ]
    for words in (*told, json.dumps(DRAFT, ensure_ascii=False)[1:-1], "@mara (character): a courier"):
        assert words in sent, words


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_the_key_goes_into_its_own_header_and_nothing_else_tells_of_the_machine(
    stub: WriterStub, home: hosted.HostedWriters, adapter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.setenv(name, "of-the-environment")
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "x-mine: of-the-environment")
    asked(stub, home, request(adapter, stub.address("good")))
    headers = {name.lower(): value for name, value in stub.heard[-1].headers.items()}
    holding = "x-goog-api-key" if adapter == "gemini" else "authorization"
    assert KEY in headers[holding] and headers["user-agent"] == "shotwright"
    assert KEY not in stub.heard[-1].path and KEY not in json.dumps(stub.heard[-1].content)
    usual = {"host", "connection", "accept", "accept-encoding", "content-type", "content-length", "user-agent"}
    assert set(headers) <= {*usual, holding, "anthropic-version"}
    assert "of-the-environment" not in repr(headers)


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_without_a_key_none_is_sent(stub: WriterStub, tmp_path: Path, adapter: str) -> None:
    home = hosted.HostedWriters(ASSETS, tmp_path, lambda _: keys.Secret(""))
    asked(stub, home, request(adapter, stub.address("good")))
    names = {name.lower() for name in stub.heard[-1].headers}
    assert not names & {"authorization", "x-api-key", "x-goog-api-key"}


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_pictures_go_along_where_the_writer_sees(
    stub: WriterStub, home: hosted.HostedWriters, tmp_path: Path, adapter: str
) -> None:
    data = io.BytesIO()
    Image.new("RGBA", (1200, 900), (200, 30, 30, 128)).save(data, "PNG")
    (tmp_path / "a.png").write_bytes(data.getvalue())
    there = protocol.Reference(hashlib.sha256(data.getvalue()).hexdigest(), "a.png", "identity", "@mara")
    gone = protocol.Reference("0" * 64, "gone.png", "identity", "@mara")
    wanted = replace(request(adapter, stub.address("good"), sees=True), pictures=(there, gone))
    found = asked(stub, home, wanted)[-1]
    assert isinstance(found, protocol.Expanded)
    assert "@mara" in found.notes[0] and "gone.png" in found.notes[0] and len(found.notes) == 1
    (jpeg,) = jpegs_in(stub.heard[-1].content)
    image = Image.open(io.BytesIO(jpeg))
    assert image.format == "JPEG" and max(image.size) == 768
    asked(stub, home, replace(wanted, writer=the_writer(adapter, stub.address("good"))))
    assert not jpegs_in(stub.heard[-1].content), "it does not see"


def jpegs_in(content: dict[str, Any]) -> list[bytes]:
    """Gemini's library writes base64 in its form for addresses."""
    texts = [one.rpartition(",")[2].translate(str.maketrans("-_", "+/")) for one in strings_in(content)]
    return [base64.b64decode(one) for one in texts if one.startswith("/9j/")]


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings_in(one)


def test_a_server_without_json_mode_is_asked_without_it(stub: WriterStub, home: hosted.HostedWriters) -> None:
    stub.asked.clear()
    found = asked(stub, home, request("openai", stub.address("no_json_mode")))[-1]
    assert isinstance(found, protocol.Expanded) and stub.asked["no_json_mode"] == 2
    first, second = (one.content for one in stub.heard[-2:])
    assert first["response_format"] == {"type": "json_object"} and first["seed"] == 1
    assert "response_format" not in second and "seed" not in second


# --- locked parts -------------------------------------------------------------------------------------------------


def test_locked_parts_stand_word_for_word(stub: WriterStub, home: hosted.HostedWriters) -> None:
    kept = protocol.PromptPart("camera", "The camera stands  still, always")
    found = asked(stub, home, replace(request("openai", stub.address("good")), locked=(kept,)))[-1]
    assert isinstance(found, protocol.Expanded)
    assert [one for one in found.parts if one.kind == "camera"] == [kept]
    assert kept.text in found.text and GOOD["camera"] not in found.text


# --- models and trying --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_models_are_asked_for(stub: WriterStub, home: hosted.HostedWriters, adapter: str) -> None:
    writer = the_writer(adapter, stub.address("good"))
    found = home.answered(protocol.AskModels("m", 1, replace(writer, model="")), Stop(), lambda _: None)
    assert isinstance(found, protocol.Models)
    info = protocol.ModelInfo
    assert (
        found.models
        == {
            "openai": (info("test-1", ends="2027-01-14"), info("test-2", sees=True)),
            "claude": (info("test-1", "Test One", ends="2027-01-14"),),
            "gemini": (info("test-1", "Test One"),),
        }[adapter]
    )


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_trying_tells_who_answered(stub: WriterStub, home: hosted.HostedWriters, adapter: str) -> None:
    told: list[protocol.Message] = []
    writer = the_writer(adapter, stub.address("good"))
    found = home.answered(protocol.TryWriter("t", 1, writer), Stop(), told.append)
    assert isinstance(found, protocol.Tried) and "test-1" in found.sentence and found.seconds > 0 and not told


def test_trying_tells_what_is_wrong(stub: WriterStub, home: hosted.HostedWriters) -> None:
    with pytest.raises(WriterFailed) as failed:
        home.answered(protocol.TryWriter("t", 1, the_writer("openai", stub.address("no_key"))), Stop(), lambda _: None)
    assert failed.value.kind == "key"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"model": " "}, "model"),
        ({"base_url": ""}, "key"),
        ({"base_url": "ftp://example.org"}, "input"),
        ({"base_url": "https://me:secret@example.org"}, "input"),
        ({"base_url": "http://example.org:99999"}, "input"),
        ({"base_url": "http://127.0.0.1:9"}, "unreachable"),
        ({"seconds": 0.0}, "input"),
    ],
    ids=str,
)
def test_a_writer_that_cannot_be_asked_is_one_sentence(
    home: hosted.HostedWriters, changes: dict[str, Any], kind: str
) -> None:
    keyless = hosted.HostedWriters(ASSETS, home.media, lambda _: keys.Secret(""))
    writer = replace(the_writer("openai", "http://127.0.0.1:9"), **changes)
    with pytest.raises(WriterFailed) as failed:
        keyless.answered(replace(request("openai", ""), writer=writer), Stop(), lambda _: None)
    assert failed.value.kind == kind and failed.value.sentence.endswith(".") and failed.value.hint
    assert "secret" not in failed.value.sentence + failed.value.hint


def test_a_key_is_not_sent_in_the_open_to_another_house(home: hosted.HostedWriters) -> None:
    with pytest.raises(WriterFailed, match="anybody on the way can read it"):
        home.answered(request("openai", "http://writer.example.org/v1"), Stop(), lambda _: None)


@pytest.mark.parametrize(
    "host", ["134744072", "0x8080808", "0X8080808", "01002004010", "10.2.3.4.", "8.8.8.8", "[::ffff:8.8.8.8]"]
)
def test_a_host_written_as_a_number_is_another_house(host: str) -> None:
    with pytest.raises(WriterFailed, match="anybody on the way can read it"):
        connection.check_privacy(f"http://{host}/v1", keys.Secret("sk-planted"))


@pytest.mark.parametrize("host", ["localhost", "nas", "box7", "studio.lan", "192.168.1.7", "[::1]"])
def test_a_host_inside_the_house_is_told_the_key(host: str) -> None:
    connection.check_privacy(f"http://{host}:8080/v1", keys.Secret("sk-planted"))


# --- streaming, stopping ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_stopped_attempt_hangs_up_at_once(stub: WriterStub, home: hosted.HostedWriters, adapter: str) -> None:
    stub.closed_early.clear()
    stop, began, told = Stop(), threading.Event(), []

    def tell(message: protocol.Message) -> None:
        told.append(message)
        began.set()

    def work() -> None:
        with pytest.raises(BaseException) as ended:
            home.answered(request(adapter, stub.address("slow"), seconds=30), stop, tell)
        assert type(ended.value).__name__ == "CancelledError"

    thread = threading.Thread(target=work)
    thread.start()
    assert began.wait(10)
    stopped = time.monotonic()
    stop.set()
    thread.join(5)
    assert not thread.is_alive() and time.monotonic() - stopped < 1.0
    assert stub.closed_early.wait(5), "the service still writes to nobody"


def test_what_is_written_is_told_while_it_comes_and_not_too_often(stub: WriterStub, home: hosted.HostedWriters) -> None:
    told: list[tuple[float, protocol.Message]] = []
    with pytest.raises(WriterFailed):
        home.answered(
            request("openai", stub.address("slow"), seconds=0.8),
            Stop(),
            lambda one: told.append((time.monotonic(), one)),
        )
    texts = [one.text for _, one in told if isinstance(one, protocol.Expanding)]
    assert texts and all("{" not in one and '"caption"' not in one for one in texts)
    assert len(texts) <= 9 and texts[0].startswith("@mara")


def test_no_key_is_in_any_log_or_message(
    stub: WriterStub, home: hosted.HostedWriters, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    found: list[Outcome] = [
        outcome_of(home, stub, adapter, case)
        for adapter in ADAPTERS
        for case in ("repeats_key", "out_of_order", "good", "cut")
    ]
    out, err = capfd.readouterr()
    assert KEY not in f"{found!r}{caplog.text}{out}{err}"
