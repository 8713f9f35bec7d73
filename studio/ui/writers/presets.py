"""Services and local servers a prompt writer can be set up with, read from assets/prompts/writers.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

GROUPS = ("local", "service", "other")
"""Kinds of presets, in the order they are offered."""


@dataclass(frozen=True)
class Preset:
    title: str
    adapter: str
    group: str
    hosts: tuple[tuple[str, str], ...]
    """(word, base URL), the usual one first; the word is empty where there is one alone."""
    keyed: bool = True
    note: str = ""

    @property
    def base_url(self) -> str:
        """Of its usual host; empty: the service's own."""
        return self.hosts[0][1]


def read_presets(file: Path) -> tuple[Preset, ...]:
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Preset(one["title"], one["adapter"], group, tuple((word, url) for word, url in one["hosts"]), one["keyed"],
               one.get("note", ""))
        for group in GROUPS for one in found[group]
    )  # fmt: skip


def preset_of(presets: tuple[Preset, ...], base_url: str, adapter: str) -> Preset | None:
    """The preset a writer was set up with, by its address."""
    known = (one for one in presets if one.adapter == adapter and one.group != "other")
    return next((one for one in known if base_url.rstrip("/") in {url for _, url in one.hosts}), None)
