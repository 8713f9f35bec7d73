"""Every message survives the wire; everything else is refused; importing the messages costs nothing."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime import protocol

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value a field of this type may have."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return st.none() | st.integers(-9, 9) | TEXT
    if origin is typing.Literal:
        return st.sampled_from(args)
    if origin is tuple:
        if args[-1] is Ellipsis:
            return st.lists(values(args[0]), max_size=3).map(tuple)
        return st.tuples(*map(values, args))
    if type(None) in args:
        return st.none() | values(next(one for one in args if one is not type(None)))
    if args:
        return st.dictionaries(TEXT, values(args[1]), max_size=3)
    if dataclasses.is_dataclass(hint):
        return messages_of(typing.cast(type, hint))
    plain = {str: TEXT, int: st.integers(-(2**53), 2**53), bool: st.booleans()}
    return plain.get(hint, st.floats(allow_nan=False, allow_infinity=False))


def messages_of(kind: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: values(hints[field.name]) for field in dataclasses.fields(kind)})


ANY_MESSAGE = st.sampled_from(list(protocol.BY_TYPE.values())).flatmap(messages_of)


@given(ANY_MESSAGE)
def test_every_message_is_one_line_and_comes_back_equal(message: protocol.Message) -> None:
    line = protocol.encode(message)
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    assert protocol.decode(line) == message


@given(ANY_MESSAGE, TEXT, st.integers())
def test_unknown_fields_are_ignored(message: protocol.Message, name: str, value: int) -> None:
    content = json.loads(protocol.encode(message))
    content.setdefault(f"new {name}", value)
    assert protocol.decode(json.dumps(content).encode()) == message


@given(ANY_MESSAGE, st.data())
def test_a_missing_or_mistyped_field_is_named(message: protocol.Message, data: st.DataObject) -> None:
    content = json.loads(protocol.encode(message))
    needed = [
        field.name
        for field in dataclasses.fields(message)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    if not needed:
        return
    name = data.draw(st.sampled_from(needed))
    wrong = {**content, name: {"not": ["right"]}}
    if name not in ("facts", "fields", "versions"):
        with pytest.raises(protocol.BadMessage, match=name):
            protocol.decode(json.dumps(wrong).encode())
    del content[name]
    with pytest.raises(protocol.BadMessage, match=name):
        protocol.decode(json.dumps(content).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    try:
        message = protocol.decode(data)
    except protocol.BadMessage:
        return
    assert type(message) in protocol.BY_TYPE.values()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b'{"type": "cancel", "job": "\\ud800", "attempt": 1}',
        b'{"type": "cancel", "job": "\xed\xa0\x80", "attempt": 1}',
        b'{"type": "estimated", "job": "a", "attempt": 1, "seconds": NaN, "memory": 1}',
        b'{"type": "estimated", "job": "a", "attempt": 1, "seconds": 1e999, "memory": 1}',
        b"[]",
        b"7",
        b'{"type": 7}',
        b'{"type": ["hello"]}',
        b'{"type": "helo"}',
        b"\xff\xfe",
        b'{"type": "cancel", "job": "a", "attempt": true}',
        b'{"type": "cancel", "job": "a", "attempt": 1.5}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(protocol.BadMessage):
        protocol.decode(line)


def test_a_line_longer_than_the_limit_is_neither_written_nor_read() -> None:
    with pytest.raises(protocol.BadMessage):
        protocol.encode(protocol.Notice("info", "x" * protocol.MAX_LINE))
    with pytest.raises(protocol.BadMessage):
        protocol.decode(b'{"type": "notice"' + b" " * protocol.MAX_LINE + b"}")


def test_what_is_no_text_is_not_written() -> None:
    for wrong in (protocol.Notice("info", "\ud800"), protocol.Estimated("a", 1, float("inf"), 1)):
        with pytest.raises(protocol.BadMessage):
            protocol.encode(wrong)


def test_a_character_in_two_halves_is_one_character() -> None:
    told = protocol.decode(b'{"type": "notice", "level": "info", "text": "\\ud83d\\ude00"}')
    assert told == protocol.Notice("info", "\N{GRINNING FACE}")


def test_every_ending_carries_its_job_and_attempt() -> None:
    for kind in protocol.ENDINGS:
        assert {"job", "attempt"} <= {field.name for field in dataclasses.fields(kind)}


def test_importing_the_messages_loads_nothing_beyond_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import model_runtime.protocol, model_runtime.safe_files;"
        "names = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(names - set(sys.stdlib_module_names) - {'model_runtime'}))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
