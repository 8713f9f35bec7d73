"""From the start screen to an exported film with the mouse; the keyboard only writes words."""

from __future__ import annotations

import av

from tests.desktop.person import Person, Wrong

LINES = (
    "A woman walks into the kitchen.", "She opens the window.", "A man sits at the table.", "She pours a cup.",
    "He looks at her.", "She sits down at the table.", "They talk.", "He walks out.",
)  # fmt: skip
TRIMMED = 60
"""Pixels an edge is dragged to the left."""


def walk(person: Person) -> None:
    person.start()
    person.tell("the start screen is there")
    new_film(person)
    person.screen.clicks = 0
    make_shots(person)
    draw_panels(person)
    draw_motion(person)
    trim_and_undo(person)
    write_note(person)
    export(person)
    person.leave()


def new_film(person: Person) -> None:
    screen = person.screen
    screen.click("New film…", "push button")
    person.fill("Title", "By mouse")
    screen.click("Output size", "combo box")
    screen.click("1280 × 720", "list item")
    screen.click("Make the film", "push button")
    screen.find("By mouse – Shotwright", "frame")
    person.tell("a film was made and is open")


def make_shots(person: Person) -> None:
    screen = person.screen
    screen.click("New scene", "push button")
    screen.type("INT. KITCHEN - DAY")
    screen.click("Add scene", "push button")
    for number, line in enumerate(LINES, 1):
        screen.click_at(*_new_shot_card(person))
        person.until_hands_are_in("Prompt", shots=number)
        screen.type(line)
    person.tell(f"{len(LINES)} shots, each with a line")


def _new_shot_card(person: Person) -> tuple[int, int]:
    """The dashed card after the last shot, which is only painted: where the next card would stand."""
    cards, board = person.cards(), person.screen.find("Board", "list")
    left, top, width, height = board.box
    if not cards:
        return left + 94, top + 26 + 78
    across = [card for card in cards if card.box[1] == cards[-1].box[1]]
    step = cards[1].box[0] - cards[0].box[0] if len(cards) > 1 else cards[0].box[2] + 8
    x, y = across[-1].centre[0] + step, across[-1].centre[1]
    if x + cards[0].box[2] // 2 > left + width:
        x, y = cards[0].centre[0], y + cards[0].box[3] + 8
    assert y < top + height, "the dashed card is scrolled out of sight"
    return x, y


def draw_panels(person: Person) -> None:
    person.menu("Shot", "Draw the scene in panels")
    clicks = person.screen.clicks
    person.until_queue_is_empty()
    without = [card.name for card in person.cards() if "Panel" not in card.name]
    if without:
        raise Wrong(f"no panel in {', '.join(without)}")
    person.tell(f"from an empty film to {len(LINES)} panels: {clicks} clicks")


def draw_motion(person: Person) -> None:
    first = person.cards()[0]
    person.screen.click_at(*first.centre)
    person.screen.click("Generate motion", "push button")
    person.screen.until(lambda: "take" in person.cards()[0].name, 120, "a take of the first shot")
    person.until_queue_is_empty()
    person.tell("the first shot moves")


def trim_and_undo(person: Person) -> None:
    screen = person.screen
    screen.click("Layout: Edit", "check box")
    screen.click("View of the storyboard: Timeline", "check box")
    before = person.film_frames()
    _drag_first_edge(person)
    screen.until(lambda: person.film_frames() < before, 5, "a shorter film")
    trimmed = person.film_frames()
    person.tell(f"the first shot's end was drawn {TRIMMED} pixels to the left: {trimmed - before} frames")
    person.menu("Edit", "Undo")
    person.until_frames(before, "the film as long as before")
    person.tell("undone, and done again")
    person.menu("Edit", "Redo")
    person.until_frames(trimmed, "the trimmed film")


def _drag_first_edge(person: Person) -> None:
    timeline = person.screen.find("Timeline", "")
    left, top, _width, _height = timeline.box
    person.screen.click_at(left + 130, top + 160)
    _left, upper, right, lower = person.accent_box(timeline)
    y = (upper + lower) // 2
    person.screen.drag((right - 2, y), (right - 2 - TRIMMED, y))


def write_note(person: Person) -> None:
    screen = person.screen
    screen.click("Layout: Review", "check box")
    person.fill("Note", "Hold a beat longer.")
    screen.click("Keep note", "push button")
    screen.until(lambda: any("Hold a beat longer" in node.name for node in screen.nodes()
                             if node.role == "list item"), 5, "the note in the list")  # fmt: skip
    person.tell("a note is kept")


def export(person: Person) -> None:
    frames = person.film_frames()
    person.menu("Film", "Export movie…")
    person.screen.click("Save", "push button")
    check_movie(person, "by-mouse", frames)


def check_movie(person: Person, film: str, frames: int) -> None:
    """The exported file is there, whole, and as long as the cut."""
    movie = person.films / film / "exports" / "film.mp4"
    person.screen.until(movie.exists, 120, "the exported film")
    with av.open(str(movie)) as opened:
        found = sum(1 for _frame in opened.decode(video=0))
    if found != frames:
        raise Wrong(f"the exported film has {found} frames, the cut {frames}")
    person.tell(f"{movie.name} is there: {found} frames, as many as the cut")
