"""The prompt panel and its page: draft with names, expanded, decided part by part, written, a scene at once."""

from __future__ import annotations

from camera import Camera, rest, wait
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.project import expansion_queries
from studio.project.commands import expansion, film
from studio.project.commands import shot as shots
from studio.project.prompt_cards import ExpansionCard
from studio.ui.prompt_page.page import PromptPage

DRAFT = "@mara lifts the lantern toward the dark water and waits. @jon is late, and a zeppelin hums."
NOTES = "Ink outlines, flat shade. Night is blue, the lantern is the only warm light until the deck at dawn."
KEPT_STEPS = 40
"""More than are made here: everything is undone again at the end; what was proposed stays in the history."""


def take_all(camera: Camera, engine: str) -> None:
    window, steps = camera.window, camera.project.newest_step()
    shot = camera.cards[1].id
    camera.select(1)
    camera.project.run(shots.edit_shot, shot, prompt=DRAFT)
    camera.project.run(film.edit_film, style_notes=NOTES)
    camera.take("80-prompt-draft")
    names(camera)
    expanded(camera, shot)
    page(camera, shot)
    scene(camera)
    window.prompt_page.close_page()
    window.prompt.box.show_side("draft")
    for _step in range(KEPT_STEPS):
        if camera.project.newest_step() == steps:
            break
        camera.project.undo()
    window.watch.flush()


def names(camera: Camera) -> None:
    """Names offered while one types, and the card of the one under the pointer."""
    draft = camera.window.prompt.draft
    spot = next(iter(draft.chips.spots()))
    QTest.mouseMove(draft.viewport(), spot.pieces[0].center().toPoint())
    rest(0.8)
    camera.take("81-name-card")
    QTest.mouseMove(camera.window, QPoint(4, 4))
    rest(0.5)


def expanded(camera: Camera, shot: str) -> None:
    """Three variants by the built-in grammar: refused, accepted in part, proposed."""
    for variant in range(1, 4):
        camera.do("expand")
        wait(lambda variant=variant: len(written(camera, shot)) == variant, 60, "a proposed prompt")
        newest = written(camera, shot)[0]
        if variant == 1:
            camera.project.run(expansion.refuse_expansion, newest.id)
        elif variant == 2:
            camera.project.run(expansion.decide_part, newest.id, 0, "refused")
            camera.project.run(expansion.accept_expansion, newest.id)
    camera.take("82-prompt-expanded")


def page(camera: Camera, shot: str) -> None:
    camera.do("prompt_page")
    shown = camera.window.prompt_page.page
    assert shown is not None
    newest = written(camera, shot)[0]
    camera.project.run(expansion.lock_part, newest.id, 0)
    camera.project.run(expansion.decide_part, newest.id, 1, "accepted")
    camera.take("83-prompt-page")
    editing(camera, shown)
    shown.parts.show_streamed(newest.text[: len(newest.text) // 2])
    camera.take("85-prompt-being-written")
    camera.window.prompt_page.open()


def editing(camera: Camera, shown: PromptPage) -> None:
    row = shown.parts.rows[min(2, len(shown.parts.rows) - 1)]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    QTest.keyClicks(row.field, " Hold on her hands")
    camera.take("84-prompt-part-edited")
    QTest.keyClick(row.field, Qt.Key.Key_Escape)


def scene(camera: Camera) -> None:
    camera.do("expand_scene")
    wait(lambda: not camera.window.expanding.busy(), 120, "every prompt of the scene")
    camera.take_sheet("86-prompts-of-a-scene")


def written(camera: Camera, shot: str) -> tuple[ExpansionCard, ...]:
    return camera.project.ask(expansion_queries.expansion_cards, shot)
