"""Writes language models of a few hundred kilobytes for llama.cpp: one that says a fixed text, one that says anything.

They are no use but to try a real server from start to finish: tokens, streaming, its list of models, stopping.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

ALIGNMENT = 32
HEADS = 4
CONTEXT = 32_768
"""A letter of the question is a token here."""
SURE = 3.0
UNKNOWN, NORMAL, CONTROL, BYTE = 2, 1, 3, 6
"""Kinds of tokens, as GGUF counts them."""
BEGIN, END = 1, 2
TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"


def write_speaker(path: Path, text: str) -> None:
    """A model that answers anything with `text`: each of its tokens knows only which one comes next."""
    pieces = _pieces(text)
    size = len(_tokens(pieces))
    follows = np.zeros((size, size), np.float32)
    first = size - len(pieces)
    follows[first, :first] = SURE
    for at in range(first, size):
        follows[at + 1 if at + 1 < size else END, at] = SURE
    _write(path, pieces, np.eye(size, dtype=np.float32), follows)


def write_babbler(path: Path, seed: int = 1) -> None:
    """A model with random weights: it never says anything that makes sense."""
    pieces = ["rain", "night", "the ", "a ", " pier", ", "]
    size = len(_tokens(pieces))
    generator = np.random.default_rng(seed)
    _write(path, pieces, *(generator.normal(size=(size, size)).astype(np.float32) for _ in range(2)))


def _pieces(text: str) -> list[str]:
    """`text` cut so that no piece comes twice: a piece is all the model remembers."""
    found: list[str] = []
    piece = ""
    for letter in text:
        piece += letter
        if len(piece) > 2 and piece not in found:
            found.append(piece)
            piece = ""
    return [*found[:-1], found[-1] + piece] if piece else found


def _tokens(pieces: list[str]) -> list[tuple[str, int]]:
    control = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL)]
    return [*control, *((f"<0x{one:02X}>", BYTE) for one in range(256)), *((one, NORMAL) for one in pieces)]


def _write(path: Path, pieces: list[str], embedding: np.ndarray, output: np.ndarray) -> None:
    tokens = _tokens(pieces)
    size = len(tokens)
    wide = -(-size // (2 * HEADS)) * 2 * HEADS
    padding = ((0, 0), (0, wide - size))
    tensors = _block(wide) | {
        "token_embd.weight": np.pad(embedding, padding),
        "output_norm.weight": np.ones(wide, np.float32),
        "output.weight": np.pad(output, padding),
    }
    told, data = _content(tensors)
    head = _header(tokens, wide, len(tensors)) + told
    path.write_bytes(head + b"\0" * (-len(head) % ALIGNMENT) + data)


def _block(wide: int) -> dict[str, np.ndarray]:
    """One layer that adds nothing: what is said next hangs on the token alone."""
    square = np.zeros((wide, wide), np.float32)
    ones = np.ones(wide, np.float32)
    names = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    block = {f"blk.0.{name}.weight": square for name in names}
    return {**block, "blk.0.attn_norm.weight": ones, "blk.0.ffn_norm.weight": ones}


# --- the file's form ----------------------------------------------------------------------------------------------


def _header(tokens: list[tuple[str, int]], wide: int, tensors: int) -> bytes:
    spaced = [text.replace(" ", "\u2581") for text, _ in tokens]
    facts = [
        _text("general.architecture", "llama"),
        _text("general.name", "tiny"),
        _number("llama.context_length", CONTEXT),
        _number("llama.embedding_length", wide),
        _number("llama.block_count", 1),
        _number("llama.feed_forward_length", wide),
        _number("llama.attention.head_count", HEADS),
        _number("llama.rope.dimension_count", wide // HEADS),
        _key("llama.attention.layer_norm_rms_epsilon", 6) + struct.pack("<f", 1e-6),
        _text("tokenizer.ggml.model", "llama"),
        _list("tokenizer.ggml.tokens", 8, b"".join(map(_string, spaced)), len(tokens)),
        _list("tokenizer.ggml.scores", 6, struct.pack(f"<{len(tokens)}f", *([0.0] * len(tokens))), len(tokens)),
        _list("tokenizer.ggml.token_type", 5, struct.pack(f"<{len(tokens)}i", *(k for _, k in tokens)), len(tokens)),
        _number("tokenizer.ggml.bos_token_id", BEGIN),
        _number("tokenizer.ggml.eos_token_id", END),
        _key("tokenizer.ggml.add_space_prefix", 7) + b"\0",
        _text("tokenizer.chat_template", TEMPLATE),
    ]
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, len(facts)) + b"".join(facts)


def _content(tensors: dict[str, np.ndarray]) -> tuple[bytes, bytes]:
    """(what tensors there are, their numbers)"""
    told, data = b"", b""
    for name, tensor in tensors.items():
        shape = tensor.shape[::-1]
        told += _string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        data += tensor.tobytes()
        data += b"\0" * (-len(data) % ALIGNMENT)
    return told, data


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _key(name: str, kind: int) -> bytes:
    return _string(name) + struct.pack("<I", kind)


def _text(name: str, text: str) -> bytes:
    return _key(name, 8) + _string(text)


def _number(name: str, value: int) -> bytes:
    return _key(name, 4) + struct.pack("<I", value)


def _list(name: str, kind: int, data: bytes, count: int) -> bytes:
    return _key(name, 9) + struct.pack("<IQ", kind, count) + data
