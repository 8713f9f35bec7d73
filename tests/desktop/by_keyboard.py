"""The same without ever touching the mouse."""

from __future__ import annotations

from tests.desktop.by_mouse import LINES, check_movie
from tests.desktop.person import Person, Wrong


def walk(person: Person) -> None:
    person.start()
    person.tell("the start screen is there")
    new_film(person)
    person.screen.keys = 0
    make_shots(person)
    draw(person)
    trim_and_undo(person)
    write_note(person)
    export(person)
    person.leave()
    if person.screen.clicks:
        raise Wrong(f"the mouse was clicked {person.screen.clicks} times")


def new_film(person: Person) -> None:
    screen = person.screen
    screen.key("ctrl+n")
    screen.find("Title", "text")
    screen.key("ctrl+a")
    screen.type("By keyboard")
    person.tab_to("Output size")
    screen.key("space", "Home", "Return")
    person.tab_to("Make the film")
    screen.key("space")
    screen.find("By keyboard – Shotwright", "frame")
    person.tell("a film was made and is open")


def make_shots(person: Person) -> None:
    screen = person.screen
    screen.key("n")
    screen.find("Heading", "text")
    screen.type("INT. KITCHEN - DAY")
    screen.key("Return")
    for number, line in enumerate(LINES, 1):
        if number > 1:
            screen.key("alt+1", "n")
        person.until_hands_are_in("Prompt", shots=number)
        screen.type(line)
    person.tell(f"{len(LINES)} shots, each with a line")


def draw(person: Person) -> None:
    screen = person.screen
    screen.key("ctrl+alt+g")
    keys = screen.keys
    person.until_queue_is_empty()
    without = [card.name for card in person.cards() if "Panel" not in card.name]
    if without:
        raise Wrong(f"no panel in {', '.join(without)}")
    person.tell(f"from an empty film to {len(LINES)} panels: {keys} keys, their words among them")
    screen.key("alt+1", "Home", "ctrl+shift+Return")
    screen.until(lambda: "take" in person.cards()[0].name, 120, "a take of the first shot")
    person.until_queue_is_empty()
    person.tell("the first shot moves")


def trim_and_undo(person: Person) -> None:
    screen = person.screen
    screen.key("F6", "ctrl+4", "alt+2", "Home", "shift+Right")
    before = person.film_frames()
    screen.key("w")
    screen.until(lambda: person.film_frames() < before, 5, "a shorter film")
    trimmed = person.film_frames()
    person.tell(f"the first shot's tail was trimmed to the playhead: {trimmed - before} frames")
    screen.key("ctrl+z")
    person.until_frames(before, "the film as long as before")
    person.tell("undone, and done again")
    screen.key("ctrl+shift+z")
    person.until_frames(trimmed, "the trimmed film")


def write_note(person: Person) -> None:
    screen = person.screen
    screen.key("F7", "semicolon")
    screen.type("Hold a beat longer.")
    screen.key("Return")
    screen.until(lambda: any("Hold a beat longer" in node.name for node in screen.nodes()
                             if node.role == "list item"), 5, "the note in the list")  # fmt: skip
    person.tell("a note is kept")


def export(person: Person) -> None:
    frames = person.film_frames()
    person.screen.key("ctrl+shift+m")
    person.screen.find("Export movie", "dialog")
    person.screen.key("Return")
    check_movie(person, "by-keyboard", frames)
