"""Local servers that write prompts, found on their usual ports of this machine; which one it is, it says itself."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from model_runtime import protocol

PORTS = (11434, 8080, 1234, 8000)
"""Usual ports of Ollama, llama.cpp, LM Studio and vLLM; any of them may be at any."""
HOST = "127.0.0.1"
TIMEOUT_S = 0.7
MOST_BYTES = 1 << 20
MOST_MODELS = 200


def found(ports: tuple[int, ...] = PORTS) -> tuple[protocol.ServerInfo, ...]:
    """The servers that answer, in the order of the ports. Asked side by side; takes a second or two at most."""
    with ThreadPoolExecutor(len(ports), thread_name_prefix="servers") as pool:
        answers = list(pool.map(_server_at, ports))
    return tuple(one for one in answers if one is not None)


def _server_at(port: int) -> protocol.ServerInfo | None:
    listed = _asked(port, "/v1/models")
    entries = listed.get("data") if listed else None
    if not isinstance(entries, list):
        return None
    models = [one for one in entries if isinstance(one, Mapping) and isinstance(one.get("id"), str)][:MOST_MODELS]
    name, sees = _name_of(port, models)
    told = tuple(protocol.ModelInfo(str(one["id"]), sees=sees.get(str(one["id"]))) for one in models)
    return protocol.ServerInfo(name, f"http://{HOST}:{port}/v1", told)


def _name_of(port: int, models: list[Mapping[str, Any]]) -> tuple[str, dict[str, bool]]:
    """Which server it is, by what only that one answers; and which of its models see, where it tells."""
    owners = {str(one.get("owned_by", "")) for one in models}
    for name, is_it in KNOWN.items():
        sees = is_it(port, owners)
        if sees is not None:
            return name, sees
    return "OpenAI-compatible", {}


def _ollama(port: int, _owners: set[str]) -> dict[str, bool] | None:
    told = _asked(port, "/api/tags")
    return {} if told is not None and isinstance(told.get("models"), list) else None


def _lm_studio(port: int, _owners: set[str]) -> dict[str, bool] | None:
    told = _asked(port, "/api/v0/models")
    entries = told.get("data") if told else None
    if not isinstance(entries, list):
        return None
    return {str(one.get("id")): one.get("type") == "vlm" for one in entries if isinstance(one, Mapping)}


def _llama_cpp(port: int, owners: set[str]) -> dict[str, bool] | None:
    told = _asked(port, "/props")
    if told is not None and "default_generation_settings" in told:
        return {}
    if "llamacpp" in owners:
        return {}
    # The Python package's own server names itself only in its page of contents.
    title = ((_asked(port, "/openapi.json") or {}).get("info") or {}).get("title", "")
    return {} if "llama.cpp" in str(title) else None


def _vllm(port: int, owners: set[str]) -> dict[str, bool] | None:
    return {} if "vllm" in owners else None


KNOWN: dict[str, Callable[[int, set[str]], dict[str, bool] | None]] = {
    "vLLM": _vllm,
    "Ollama": _ollama,
    "LM Studio": _lm_studio,
    "llama.cpp": _llama_cpp,
}


def _asked(port: int, path: str) -> dict[str, Any] | None:
    """The JSON object a GET of this path gives; None where there is none."""
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT_S)
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        response = connection.getresponse()
        content = json.loads(response.read(MOST_BYTES)) if response.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError, RecursionError):
        return None
    finally:
        connection.close()
    return content if isinstance(content, dict) else None
