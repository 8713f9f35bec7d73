"""A hundred thousand characters pasted into a draft and into a film's title: the window goes on answering."""

from __future__ import annotations

import time

from tests.desktop.panels import give
from tests.desktop.person import Person, Wrong

CHARACTERS = 100_000
ANSWERS_WITHIN_S = 1.0
WATCHED_S = 6.0


def walk(person: Person) -> None:
    film = person.make_film("long", ("A woman walks into the kitchen.", "She sits down."))
    text = person.screen.folder / "long.txt"
    line = "She walks along the pier and looks at the water. "
    text.write_text((line * (CHARACTERS // len(line) + 1))[:CHARACTERS], encoding="utf-8")
    other = give(person, "text", text)
    person.start(film)
    person.screen.key("alt+1", "Home", "alt+3")
    _paste(person, "the draft")
    person.screen.key("alt+1", "Right")
    person.screen.press("Left")
    _watch(person, "going to the next shot and back")
    person.menu("Film", "Film settings…")
    person.screen.find("Title", "text")
    _paste(person, "the film's title")
    person.screen.press("Return")
    _watch(person, "keeping the title")
    other.terminate()
    person.kill()


def _paste(person: Person, where: str) -> None:
    person.screen.key("ctrl+a")
    person.screen.press("ctrl+v")
    _watch(person, f"{CHARACTERS:,} characters pasted into {where}")


def _watch(person: Person, what: str) -> None:
    """Asks the window again and again; the longest wait for an answer is what a person would feel."""
    until, longest = time.monotonic() + WATCHED_S, 0.0
    while time.monotonic() < until:
        longest = max(longest, person.screen.seconds_to_answer())
        time.sleep(0.02)
    person.tell(f"{what}: answered within {longest * 1000:.0f} ms")
    if longest > ANSWERS_WITHIN_S:
        raise Wrong(f"{what}: no answer for {longest:.1f} s")
