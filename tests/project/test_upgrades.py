"""A film as an older program left it, with rows in every table that has changed since: nothing of it is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from studio.open_project import OpenProject
from studio.project import migrations, queries, store
from studio.project.commands import expansion, subject
from studio.project.expansion_queries import expansion_cards
from studio.project.gallery_cards import ShotPictures
from studio.project.prompt_cards import PromptPart
from studio.project.store import FOLDERS

FILMS = Path(__file__).parent / "films"
"""`schema_3.sql` is a film's database written as SQL, made by the program before wardrobe by aspect."""


@pytest.fixture
def older(tmp_path: Path) -> Iterator[OpenProject]:
    for name in FOLDERS:
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "project.sqlite")) as database:
        database.executescript((FILMS / "schema_3.sql").read_text("utf-8"))
        database.execute(f"PRAGMA application_id = {store.APPLICATION_ID}")
        database.execute("PRAGMA user_version = 3")
        database.execute("PRAGMA journal_mode = wal")
    project = OpenProject.open(tmp_path)
    yield project
    project.close()


def test_it_is_brought_up_to_date_beside_a_copy(older: OpenProject) -> None:
    with older._store.database.connect() as connection:
        assert store.pragma(connection, "user_version") == migrations.SCHEMA
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert [one.name.count("version-3") for one in (older.folder / "backups").iterdir()] == [1]


def test_wardrobe_was_all_clothes_and_is_worn_as_before(older: OpenProject) -> None:
    mara = older.ask(queries.subject_named, "@mara")
    assert [(one.aspect, one.title, one.last_day) for one in mara.wardrobe] == [
        ("clothes", "Change 1, coat", None),
        ("clothes", "Change 2, dress", None),
    ]
    assert [one.worn for change in mara.wardrobe for one in change.exceptions] == [True, True]
    worn = [older.ask(queries.shot_brief, card.id).subjects[0].worn for card in older.ask(queries.shot_cards)]
    assert worn == [("Change 1, coat",), ("Change 2, dress",), ("Change 1, coat",)]
    older.run(subject.edit_wardrobe, mara.wardrobe[1].id, aspect="state", last_day=3)


def test_takes_are_out_of_date_only_where_something_changed(older: OpenProject) -> None:
    told = [card.cause for card in older.ask(queries.shot_cards)]
    # In the dress the general full figure, which shows other clothes, is sent no longer; a given guide now is used.
    assert told == ["", "@mara pictures changed; guide reference changed", "action changed from “walk” to “runs”"]


def test_prompts_from_before_there_were_parts_are_one_part_and_stay_as_decided(older: OpenProject) -> None:
    one, two, three = (card.id for card in older.ask(queries.shot_cards))
    used, other = older.ask(expansion_cards, one)
    assert (used.text, used.state, used.used, bool(used.decided_at)) == (
        "@mara waits in heavy rain.",
        "edited",
        True,
        True,
    )
    assert (other.state, other.used) == ("accepted", False)
    assert used.parts == (PromptPart("caption", "@mara waits in heavy rain.", "edited"),)
    assert older.ask(queries.shot_brief, one).expansion == "@mara waits in heavy rain."
    assert [card.state for card in older.ask(expansion_cards, two)] == ["refused"]
    (waits,) = older.ask(expansion_cards, three)
    assert (waits.state, waits.decided_at) == ("proposed", "")
    older.run(expansion.accept_expansion, waits.id)
    assert older.ask(queries.shot_brief, three).expansion == "A ferry."
    older.run(expansion.accept_expansion, other.id)
    assert older.ask(queries.shot_brief, one).expansion == "A woman waits on a pier."


def test_shots_send_what_they_sent_and_are_given_what_they_were(older: OpenProject) -> None:
    two = older.ask(queries.shot_cards)[1].id
    brief = older.ask(queries.shot_brief, two)
    assert (brief.pictures, brief.style_notes, brief.negative) == (ShotPictures(), "", "")
    assert [(one.purpose, one.strength) for one in brief.given] == [("guide", 70)]
