"""The board: cards in their states, several selected, dragged; the queue at work, what failed and what is held."""

from __future__ import annotations

from camera import Camera, wait
from PySide6.QtCore import QPoint

from studio.generation.wish import Wish
from studio.project import queries
from studio.project.cards import JobState, ShotCard
from studio.project.commands import job as jobs


def take_all(camera: Camera, engine: str) -> None:
    window = camera.window
    camera.select(1)
    camera.take("04-board")
    camera.select(3)
    camera.take("05-out-of-date")
    window.board.choose(range(1, 4), 3)
    camera.take("06-several-selected")
    dragging(camera)
    new = [card for card in camera.cards if not card.takes and not card.panels and not card.omitted]
    running(camera, engine, new)


def dragging(camera: Camera) -> None:
    board = camera.window.board
    picked, over = (board.visualRect(camera.window.shots.index(place)) for place in (1, 4))
    let_go = camera.begin_drag(board.viewport(), picked.center(), QPoint(over.right() - 12, over.center().y() + 10))
    camera.take("07-cards-dragged")
    let_go()


def running(camera: Camera, engine: str, new: list[ShotCard]) -> None:
    """A job held to be looked at, one in the middle of its drawing with its preview, two that wait; then one failed."""
    window, queue, project = camera.window, camera.queue, camera.project
    if engine == "sketch":
        queue.submit(camera.cards[2].id, Wish("clip", engine, stop_at=4))
        wait(lambda: bool(queue.held()), 120, "a job that is held")
    waiting = [queue.submit(card.id, Wish("clip", engine)) for card in new]
    wait(lambda: window.foot.running() is not None, 120, "a running job")
    if engine == "sketch":
        wait(lambda: window.previews.pixmap(waiting[0]) is not None, 120, "a preview")
    window.board.select_shot(new[0].id)
    camera.take("08-running")
    camera.do("show_queue")
    camera.take("09-queue")
    camera.do("show_queue")
    wait(lambda: not queue.busy and not project.ask(queries.live_jobs), 300, "an empty queue")
    sentence = "The disk with the film is full: 0.1 GiB are free, the take needs 0.4 GiB."
    project.run(jobs.set_job, waiting[-1], state=JobState.FAILED, sentence=sentence, hint="Free some space.")
    window.drawing.queue_changed.emit()
    camera.take("10-failed-and-held")
