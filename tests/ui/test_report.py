"""The page in the morning."""

import dataclasses
import datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.errors import Refused
from studio.generation.report import clock, report
from studio.project.cards import JobCard, JobState
from studio.ui.drawing import together
from studio.ui.jobs.report_sheet import ReportSheet
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

NOW = datetime.datetime(2026, 11, 21, 8, 0, tzinfo=datetime.UTC)


def a_card(state: JobState, hours_ago: float | None = 1, **other: object) -> JobCard:
    ended = "" if hours_ago is None else (NOW - datetime.timedelta(hours=hours_ago)).isoformat()
    card = JobCard(f"job_{state}_{hours_ago}", "shot_1", "1A", "clip", "sketch", state, 1, 0, 0, 0, "", "", None, None,
                   "", ended)  # fmt: skip
    return dataclasses.replace(card, **other)


def test_what_ended_in_the_night_by_how_it_ended_newest_first() -> None:
    done = [a_card(JobState.DONE, hours) for hours in (3, 1, 30)]
    failed = a_card(JobState.FAILED, 2, sentence="The disk was full.")
    waiting = a_card(JobState.QUEUED, None)
    found = report([*done, failed, waiting], 12, NOW)
    assert found.done == (done[1], done[0])
    assert found.failed == (failed,)
    assert found.words == "2 done, 1 failed; 1 job still in the queue"
    assert report([*done, failed], None, NOW).words == "3 done, 1 failed; nothing left in the queue"


def test_a_job_given_up_counts_as_failed_and_not_as_left() -> None:
    given_up = a_card(JobState.INTERRUPTED, None, sentence="The runtime was lost twice.")
    found = report([given_up], 12, NOW)
    assert found.failed == (given_up,) and found.left == 0


def test_the_hour_with_the_day_only_where_it_was_another() -> None:
    assert clock(a_card(JobState.DONE, 4), NOW) == "04:00"
    assert clock(a_card(JobState.DONE, 10), NOW) == "20 Nov, 22:00"


@pytest.fixture
def sheet(qtbot: QtBot, look: Look):
    over = QWidget()
    over.resize(1200, 900)
    qtbot.addWidget(over)
    over.show()
    store = PictureStore(over)
    now = datetime.datetime.now(datetime.UTC).isoformat()
    cards = [
        dataclasses.replace(a_card(JobState.DONE), ended_at=now),
        dataclasses.replace(a_card(JobState.FAILED), ended_at=now, sentence="The disk was full.", shot="shot_2"),
    ]
    made = ReportSheet(look, over, cards, store, lambda _card: None, writable=True)
    made.open()
    yield made
    store.close()


def test_failed_jobs_can_be_tried_again_together(qtbot: QtBot, sheet: ReportSheet) -> None:
    assert sheet.words.text() == "1 done, 1 failed; nothing left in the queue"
    failed = sheet.shown.failed[0].id
    with qtbot.waitSignal(sheet.retry_requested) as asked:
        sheet.retry_all.click()
    assert asked.args == [failed]
    assert sheet.isHidden()


def test_nothing_failed_nothing_to_try_again(sheet: ReportSheet) -> None:
    sheet._cards = [card for card in sheet._cards if card.state is JobState.DONE]
    sheet.show_span("all")
    assert sheet.retry_all.isHidden()


def test_refusals_of_many_shots_are_told_in_one() -> None:
    one = Refused("1A says nothing to draw.", "Write what is seen.")
    assert together([one]) is one
    many = together([Refused(f"{number} says nothing to draw.", "Write what is seen.") for number in range(8)])
    assert many.sentence == "8 shots were not queued; the others are."
    assert many.hint.splitlines()[0] == "0 says nothing to draw." and "and 3 more" in many.hint
    assert many.hint.count("Write what is seen.") == 1
