"""The studio is killed in the middle of a drawing and started again: the drawing goes on and the take arrives."""

from __future__ import annotations

import re
from pathlib import Path

from tests.desktop.person import Person, Wrong

STEP = re.compile(r"step (\d+) of (\d+)")


def walk(person: Person) -> None:
    film = person.make_film("killed", ("A woman walks into the kitchen.", "She sits down."))
    person.start(film)
    person.screen.key("alt+1", "Home", "ctrl+shift+Return")
    person.screen.until(lambda: _step(person) >= 2, 60, "the second step of the drawing")
    reached = _step(person)
    person.kill()
    person.program = None
    person.tell(f"killed at step {reached} or a little later; the film has "
                f"{_takes(person, film)} takes")  # fmt: skip
    person.start(film)
    if person.problem():
        raise Wrong(f"a studio that was killed greets with: {person.problem()}")
    person.screen.until(lambda: _takes(person, film) == 1, 120, "the take of the job that was cut off")
    person.until_queue_is_empty()
    person.tell("started again: the drawing went on by itself and its take is there")
    person.leave()
    if _takes(person, film) != 1:
        raise Wrong("there is more than the one take that was asked for")


def _step(person: Person) -> int:
    found = [STEP.search(node.name) for node in person.screen.nodes()]
    return max((int(one[1]) for one in found if one), default=0)


def _takes(person: Person, film: Path) -> int:
    return sum(int(shot["takes"]) for shot in person.shots(film))
