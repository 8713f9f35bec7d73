"""The open queue under the hands: what is dragged, and what goes meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from studio.project.cards import JobCard, JobState
from studio.ui.jobs.grip import Grip
from studio.ui.jobs.queue_list import QueueList
from studio.ui.theme import Look


def a_job(job: str, place: int, state: JobState = JobState.QUEUED) -> JobCard:
    return JobCard(job, "shot_1", "1A", "clip", "sketch", state, 1, 0, 0, place, "", "", None, None, "", "")


@pytest.fixture
def queue(qtbot: QtBot, look: Look) -> QueueList:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1200, 800)
    over.show()
    made = QueueList(look, over)
    made.show()
    made.show_jobs([a_job("job_1", 1), a_job("job_2", 2)], {}, "2 waiting", {})
    return made


def test_no_line_stays_where_the_job_in_the_hand_begins(qtbot: QtBot, queue: QueueList) -> None:
    grip, line = queue.row("job_1").findChild(Grip), queue.findChild(QFrame, "gap_line")
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton)
    grip.dragged.emit(float(queue.row("job_2").mapToGlobal(grip.pos()).y() + 40))
    assert line.isVisible()
    queue.show_jobs([a_job("job_1", 0, JobState.RUNNING), a_job("job_2", 1)], {}, "1 running, 1 waiting", {})
    assert not line.isVisible()
