"""A service for tests on this machine: it speaks OpenAI's, Claude's and Gemini's protocol, and misbehaves on order.

The first part of a path is the case: `http://127.0.0.1:PORT/busy_once/v1/chat/completions`.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ADAPTERS = ("openai", "claude", "gemini")
PIECE = 40
"""Letters of one piece of a stream."""

GOOD = {
    "caption": '@mara, a courier in a yellow raincoat, waits on the wooden pier under a sign that reads "FERRY 7".',
    "camera": "Wide shot from a low angle; the camera pushes in slowly.",
    "motion": "Rain falls and the water moves a little.",
    "subjects": ["She looks out over the dark water."],
    "negative": "blurry picture, watermark",
    "on_screen_text": ["FERRY 7"],
}
FRENCH = {
    **GOOD,
    "caption": "@mara, une coursière au manteau jaune, attend sur la jetée de bois devant un panneau « FERRY 7 ».",
    "camera": "Plan large en contre-plongée, la caméra avance lentement vers elle.",
    "motion": "La pluie tombe et l'eau bouge un peu.",
    "subjects": [],
}
LOST = {**GOOD, "caption": "A courier waits on the pier under a sign.", "on_screen_text": [], "subjects": []}
STRANGERS = {**GOOD, "caption": GOOD["caption"] + " Behind her walks Anna with @jon."}
LONG = {**GOOD, "motion": "Rain falls on the planks. " * 60}

ANSWERS: dict[str, str] = {
    "good": json.dumps(GOOD, ensure_ascii=False),
    "fenced": f"Here is your prompt:\n```json\n{json.dumps(GOOD, indent=2)}\n```\nI hope you like it.",
    "thoughts": f'<think>They want JSON. {{"caption": "no"}} Let me see.</think>\n{json.dumps(GOOD)}',
    "malformed": '{"caption": "@mara waits, "camera": wide}',
    "cut_json": json.dumps(GOOD)[:90],
    "empty": "",
    "refusal": "I'm sorry, but I can't help with that request. It goes against my guidelines.",
    "french": json.dumps(FRENCH, ensure_ascii=False),
    "lost": json.dumps(LOST),
    "strangers": json.dumps(STRANGERS),
    "long": json.dumps(LONG),
    "two_megabytes": json.dumps({**GOOD, "caption": "rain " * 420_000}),
}
ERRORS = {
    "no_key": (401, "authentication_error", "The API key is wrong."),
    "repeats_key": (401, "authentication_error", "The API key {key} is wrong."),
    "unpaid": (402, "billing_error", "Please top up your account."),
    "model_gone": (404, "not_found_error", "The model test-1 does not exist any more."),
    "busy": (429, "rate_limit_error", "Too many requests."),
    "busy_for_long": (429, "rate_limit_error", "Too many requests."),
    "out_of_order": (500, "api_error", "Internal error; your key was {key}."),
    "strange": (418, "api_error", "Short and stout."),
}
RETRY_AFTER = {"busy": "0.05", "busy_for_long": "900"}
ONCE = "_once"
"""Ends the name of a case that goes well from the second time on."""


@dataclass
class Heard:
    path: str
    headers: dict[str, str]
    content: dict[str, Any]


@dataclass
class WriterStub:
    """Use as a context manager. `heard` is all that was asked; `asked` counts the questions of each case."""

    heard: list[Heard] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    closed_early: threading.Event = field(default_factory=threading.Event)
    """Somebody hung up in the midst of a slow answer."""
    raw: bytes = b""
    """The whole stream of the case `raw`."""

    def __enter__(self) -> WriterStub:
        self.ending = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(10)

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def address(self, case: str) -> str:
        return f"http://127.0.0.1:{self.port}/{case}"


def _handler(stub: WriterStub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

        def _answer(self, content: dict[str, Any]) -> None:
            _, case, path = self.path.split("/", 2)
            stub.heard.append(Heard(f"/{path}", dict(self.headers), content))
            stub.asked[case] += 1
            self.close_connection = True
            if case.endswith(ONCE):
                case = case.removesuffix(ONCE) if stub.asked[case] == 1 else "good"
            try:
                self._play(case, path, content)
            except (BrokenPipeError, ConnectionResetError):
                stub.closed_early.set()

        def _play(self, case: str, path: str, content: dict[str, Any]) -> None:
            if case in ERRORS:
                self._refuse(case, path)
            elif case == "page":
                self._send(b"<html><body>Welcome to nginx!</body></html>", "text/html")
            elif case == "elsewhere":
                self.send_response(307)
                self.send_header("location", f"http://127.0.0.1:{stub.port}/good/{path}")
                self.send_header("content-length", "0")
                self.end_headers()
            elif path.partition("?")[0].endswith("models"):
                self._send(json.dumps(MODELS[_adapter(path)]).encode(), "application/json")
            elif case == "no_json_mode" and ("response_format" in content or "seed" in content):
                self._refuse("strange", path, 400)
            else:
                self._stream(case, path)

        def _refuse(self, case: str, path: str, status: int = 0) -> None:
            number, kind, told = ERRORS[case]
            key = next((self.headers[one] for one in ("x-api-key", "x-goog-api-key") if one in self.headers), "")
            key = key or self.headers.get("authorization", "").removeprefix("Bearer ")
            error = {"type": kind, "code": kind, "message": told.replace("{key}", key), "status": kind.upper()}
            content = {"type": "error", "error": {**error, **({"code": number} if _adapter(path) == "gemini" else {})}}
            more = {"retry-after": RETRY_AFTER[case]} if case in RETRY_AFTER else {}
            self._send(json.dumps(content).encode(), "application/json", status or number, more)

        def _send(self, data: bytes, kind: str, status: int = 200, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"content-type": kind, "content-length": str(len(data)), **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, case: str, path: str) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            events = EVENTS[_adapter(path)](case, ANSWERS.get(case, ANSWERS["good"]))
            if case == "raw":
                self._chunk(stub.raw or b"\n")
                events = iter(())
            for number, event in enumerate(events):
                if case in ("cut", "ends_early") and number == 3:
                    break
                self._chunk(event.encode())
                if case == "slow" and number >= 3 and stub.ending.wait(0.02):
                    return
            if case == "slow":
                self._keep_writing(path)
            if case != "cut":
                self.wfile.write(b"0\r\n\r\n")

        def _keep_writing(self, path: str) -> None:
            """Nothing but signs of life until somebody hangs up."""
            while not stub.ending.wait(0.02):
                self._chunk(next(EVENTS[_adapter(path)]("slow", ANSWERS["good"])).encode())

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

    return Handler


def _adapter(path: str) -> str:
    if path.startswith("v1beta"):
        return "gemini"
    return "claude" if "messages" in path or "limit=" in path else "openai"


# --- the three protocols ------------------------------------------------------------------------------------------


def _pieces(text: str) -> list[str]:
    # Half a megabyte at once is a stream as well, and quicker.
    size = PIECE if len(text) < 100_000 else 20_000
    return [text[i : i + size] for i in range(0, len(text), size)]


def _openai(case: str, text: str) -> Iterator[str]:
    def event(delta: dict[str, Any], end: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": end}
        return _data(
            {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "test-1", "choices": [choice]}
        )

    yield event({"role": "assistant", "content": ""})
    if case == "thoughts":
        yield event({"reasoning_content": "Hidden reasoning.", "content": None})
    if case == "blocked":
        yield event({}, "content_filter")
        return
    for piece in _pieces(text):
        yield event({"content": piece})
    if case == "slow":
        return
    yield event({}, "stop")
    yield "data: [DONE]\n\n"


def _claude(case: str, text: str) -> Iterator[str]:
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "m", "type": "message", "role": "assistant", "model": "test-1", "content": [], "usage": usage}
    yield _named("message_start", message=message)
    if case == "thoughts":
        yield _named("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "Hidden reasoning."})
    yield _named("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for piece in [] if case == "blocked" else _pieces(text):
        yield _named("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
    if case == "slow":
        return
    yield _named("content_block_stop", index=0)
    reason = "refusal" if case == "blocked" else "end_turn"
    yield _named("message_delta", delta={"stop_reason": reason, "stop_sequence": None}, usage=usage)
    yield _named("message_stop")


def _gemini(case: str, text: str) -> Iterator[str]:
    def event(part: dict[str, Any], **more: Any) -> str:
        return _data({"candidates": [{"content": {"role": "model", "parts": [part]}, "index": 0, **more}]})

    if case == "thoughts":
        yield event({"text": "Hidden reasoning.", "thought": True})
    if case == "blocked":
        yield _data({"promptFeedback": {"blockReason": "SAFETY"}})
        return
    for piece in _pieces(text):
        yield event({"text": piece})
    if case == "slow":
        return
    yield event({"text": ""}, finishReason="STOP")


def _data(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content)}\n\n"


def _named(kind: str, **fields: Any) -> str:
    return f"event: {kind}\n{_data({'type': kind, **fields})}"


EVENTS: dict[str, Callable[[str, str], Iterator[str]]] = {"openai": _openai, "claude": _claude, "gemini": _gemini}

MODELS: dict[str, dict[str, Any]] = {
    "openai": {
        "object": "list",
        "data": [
            {"id": "test-1", "object": "model", "created": 1, "owned_by": "me", "shutdown_date": "2027-01-14"},
            {"id": "test-2", "object": "model", "created": 1, "architecture": {"input_modalities": ["text", "image"]}},
        ],
    },
    "claude": {
        "data": [
            {"id": "test-1", "type": "model", "display_name": "Test One", "created_at": "2026-01-01T00:00:00Z",
             "lifecycle": "deprecated", "retires_at": "2027-01-14T00:00:00Z"},
            {"id": "test-0", "type": "model", "display_name": "Gone", "created_at": "2024-01-01T00:00:00Z",
             "lifecycle": "retired"},
        ],
        "has_more": False, "first_id": "test-1", "last_id": "test-0",
    },
    "gemini": {
        "models": [
            {"name": "models/test-1", "displayName": "Test One", "supportedGenerationMethods": ["generateContent"]},
            {"name": "models/embed-1", "displayName": "Embedding", "supportedGenerationMethods": ["embedContent"]},
        ]
    },
}  # fmt: skip
