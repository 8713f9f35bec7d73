"""Keys of prompt writers are kept where only their owner reads them, and shown nowhere."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import platformdirs
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from model_runtime import keys

KEY = "sk-planted-0123456789"


class Ring(KeyringBackend):
    """A keyring in memory, which fails in the way it is told."""

    priority = 5.0  # type: ignore[assignment]

    def __init__(self, fails: bool = False, forgets: bool = False) -> None:
        super().__init__()
        self.fails, self.forgets = fails, forgets
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        del self.kept[service, username]

    def _fail(self) -> None:
        if self.fails:
            raise KeyringError(f"locked, and it says {KEY}")


class ReadOnly(Ring):
    """As one whose entries belong to another version of the program: read, never changed."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError("not yours")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringError("not yours")


class Nowhere(Ring):
    priority = 0.0  # type: ignore[assignment]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path / "config")
    before = keyring.get_keyring()
    yield tmp_path / "config"
    keyring.set_keyring(before)


def use(ring: Any) -> Any:
    keyring.set_keyring(ring)
    return ring


def test_a_key_lies_in_the_system_keyring_and_nowhere_else(config: Path) -> None:
    ring = use(Ring())
    assert keys.store("mine", f" {KEY}\n") == keys.where() == "Keys are kept in the system keyring."
    assert ring.kept == {("shotwright", "mine"): KEY}
    assert keys.read("mine").reveal() == KEY and not keys.read("other")
    assert not config.exists()


@pytest.mark.parametrize("ring", [Nowhere(), Ring(fails=True), Ring(forgets=True)], ids=["none", "locked", "forgetful"])
def test_without_a_usable_keyring_it_lies_in_a_file_only_the_owner_reads(config: Path, ring: Ring) -> None:
    use(ring)
    told = keys.store("mine", KEY)
    assert str(config / "keys.json") in told and "only you" in told
    assert stat.S_IMODE((config / "keys.json").stat().st_mode) == 0o600
    assert keys.read("mine").reveal() == KEY


def test_a_keyring_that_came_later_takes_the_key_out_of_the_file(config: Path) -> None:
    use(Nowhere())
    keys.store("mine", "old")
    keys.store("other", "stays")
    use(Ring())
    keys.store("mine", KEY)
    assert keys.read("mine").reveal() == KEY
    assert "mine" not in (config / "keys.json").read_text() and keys.read("other").reveal() == "stays"


@pytest.mark.parametrize("ring", [Ring(), Nowhere()], ids=["keyring", "file"])
def test_a_forgotten_key_is_gone(config: Path, ring: Ring) -> None:
    use(ring)
    keys.store("mine", KEY)
    keys.forget("mine")
    keys.forget("never there")
    assert not keys.read("mine")


def a_ring_that_holds(key: str) -> Ring:
    ring = ReadOnly()
    ring.kept["shotwright", "mine"] = key
    return ring


def test_a_new_key_counts_also_where_the_keyring_holds_on_to_the_old_one(config: Path) -> None:
    use(a_ring_that_holds("old"))
    told = keys.store("mine", KEY)
    assert keys.read("mine").reveal() == KEY
    assert str(config / "keys.json") in told and "no system keyring" not in told


def test_a_key_the_keyring_holds_on_to_is_not_said_to_be_forgotten(config: Path) -> None:
    use(a_ring_that_holds("old"))
    keys.store("mine", KEY)
    with pytest.raises(keys.NotForgotten) as refused:
        keys.forget("mine")
    assert refused.value.sentence and refused.value.hint
    assert keys.read("mine").reveal() == "old" and not (config / "keys.json").read_text().count(KEY)


def test_storing_nothing_forgets(config: Path) -> None:
    use(Ring())
    keys.store("mine", KEY)
    keys.store("mine", "  ")
    assert not keys.read("mine")


@pytest.mark.parametrize("wrong", ["two words", "line\nend", "clé", "k" * 9000])
def test_what_cannot_be_a_key_is_refused_without_repeating_it(config: Path, wrong: str) -> None:
    use(Ring())
    with pytest.raises(keys.BadKey) as refused:
        keys.store("mine", wrong)
    assert wrong not in refused.value.sentence and refused.value.hint


def test_a_broken_file_is_as_good_as_none(config: Path) -> None:
    use(Nowhere())
    config.mkdir()
    (config / "keys.json").write_text("{not json")
    assert not keys.read("mine")
    keys.store("mine", KEY)
    assert keys.read("mine").reveal() == KEY


def test_a_key_is_in_no_repr_and_no_log(config: Path, caplog: pytest.LogCaptureFixture) -> None:
    use(Ring(fails=True))
    keys.store("mine", KEY)
    found = keys.read("mine")
    assert KEY not in f"{found} {found!r} {vars(keys)}" and KEY not in caplog.text and caplog.text
    assert found.hidden_in(f"wrong key {KEY}") == "wrong key …"
