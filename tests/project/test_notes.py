"""Notes on shots and on frames of takes."""

from __future__ import annotations

import pytest

from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project.commands import note
from studio.project.cut_cards import Stroke
from studio.project.note_queries import note_cards, open_notes
from tests.builders import a_shot, a_take

CIRCLE = Stroke("pencil", ((0.4, 0.4), (0.6, 0.6)), 0.005, "#E8A33D")


def test_a_note_is_on_a_shot_or_on_a_frame_of_its_take(project: OpenProject) -> None:
    one = a_shot(project)
    taken = a_take(project, one)
    project.run(note.add_note, one, "Wider", author="Ada")
    project.run(note.add_note, one, "", take=taken, take_frame=3, drawing=[CIRCLE])
    first, second = project.ask(note_cards, one)
    assert (first.text, first.author, first.take, first.status) == ("Wider", "Ada", None, "open")
    assert (second.take, second.take_frame, second.take_name, second.strokes) == (taken, 3, "v001", (CIRCLE,))
    assert project.ask(open_notes) == {one: 2}


def test_a_note_is_answered_and_closed(project: OpenProject) -> None:
    one = a_shot(project)
    made = project.run(note.add_note, one, "Wider").new("note")
    answer = a_take(project, one)
    project.run(note.edit_note, made, status="done", answer=answer)
    card, = project.ask(note_cards, one)
    assert (card.status, card.answer, card.answer_name) == ("done", answer, "v001") and project.ask(open_notes) == {}
    project.undo()
    assert project.ask(note_cards, one)[0].status == "open"
    project.run(note.remove_note, made)
    assert project.ask(note_cards, one) == ()


def test_notes_that_cannot_be_are_refused(project: OpenProject) -> None:
    one, two = a_shot(project), a_shot(project)
    taken = a_take(project, one)
    made = project.run(note.add_note, one, "Wider").new("note")
    for wrong in ({"text": " "}, {"text": "x" * 4_001}, {"text": "a", "take": taken, "take_frame": 9_999},
                  {"text": "a", "take_frame": 2}):
        with pytest.raises(BadValue):
            project.run(note.add_note, one, **wrong)
    with pytest.raises(BadValue, match="another shot"):
        project.run(note.add_note, two, "a", take=taken)
    for wrong in ({"status": "later"}, {"text": ""}, {"mood": "bad"}):
        with pytest.raises(BadValue):
            project.run(note.edit_note, made, **wrong)
    assert len(project.ask(note_cards, one)) == 1
