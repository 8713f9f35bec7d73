"""Local servers are known by their own answers, never by their port."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from model_runtime import protocol
from model_runtime.expanders import servers

MODELS = {"object": "list", "data": [{"id": "small", "object": "model", "owned_by": "me"}]}


@contextmanager
def serving(pages: dict[str, Any]) -> Iterator[int]:
    """A server with these pages, on any port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            data = page if isinstance(page, bytes) else json.dumps(page).encode()
            self.send_response(404 if page is None else 200)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("Ollama", {"/v1/models": MODELS, "/api/tags": {"models": []}}),
        ("llama.cpp", {"/v1/models": MODELS, "/props": {"default_generation_settings": {}}}),
        ("llama.cpp", {"/v1/models": {"data": [{"id": "small", "owned_by": "llamacpp"}]}}),
        ("llama.cpp", {"/v1/models": MODELS, "/openapi.json": {"info": {"title": "llama.cpp Python API"}}}),
        ("vLLM", {"/v1/models": {"data": [{"id": "small", "owned_by": "vllm"}]}}),
        ("OpenAI-compatible", {"/v1/models": MODELS}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_server_is_known_by_what_only_it_answers(name: str, pages: dict[str, Any]) -> None:
    with serving(pages) as port:
        assert servers.found((port,)) == (
            protocol.ServerInfo(name, f"http://127.0.0.1:{port}/v1", (protocol.ModelInfo("small"),)),
        )


def test_lm_studio_tells_which_of_its_models_see() -> None:
    listed = {"data": [{"id": "eyes", "owned_by": "x"}, {"id": "blind", "owned_by": "x"}]}
    own = {"data": [{"id": "eyes", "type": "vlm"}, {"id": "blind", "type": "llm"}]}
    with serving({"/v1/models": listed, "/api/v0/models": own}) as port:
        (found,) = servers.found((port,))
    assert found.name == "LM Studio" and [one.sees for one in found.models] == [True, False]


@pytest.mark.parametrize("page", [b"<html>", b"[]", b'{"data": 7}', b"\xff\xfe", None], ids=str)
def test_what_is_no_such_server_is_not_found(page: bytes | None) -> None:
    with serving({"/v1/models": page}) as port:
        assert servers.found((port,)) == ()


def test_entries_that_are_no_models_are_passed_over() -> None:
    with serving({"/v1/models": {"data": [7, {"id": 7}, {"id": "small"}]}}) as port:
        (found,) = servers.found((port,))
    assert [one.id for one in found.models] == ["small"]


def test_a_port_where_nobody_answers_costs_no_more_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf, serving({"/v1/models": MODELS}) as port:
        began = time.monotonic()
        found = servers.found((deaf.getsockname()[1], port))
        assert [one.name for one in found] == ["OpenAI-compatible"]
        assert time.monotonic() - began < 3.0
