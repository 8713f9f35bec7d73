"""The pictures of a shot between film and screens: asked for, and what hands do to them carried out."""

from __future__ import annotations

from collections.abc import Callable

from studio.generation.budget import Budget
from studio.open_project import OpenProject
from studio.project import gallery_queries
from studio.project.cast import Cast
from studio.ui.drawing import Drawing
from studio.ui.sent_hands import SentHands
from studio.ui.sent_pictures import Tile, tiles_of, unplaced
from studio.ui.wishes.prompts import PromptWishes


def budget_of_shot(drawing: Drawing, shot: str, prompt: str | None = None) -> Budget:
    """An empty one while it is not known what the engine reads. `prompt`: with that text, used or not."""
    budget = drawing.budget(shot, prompt)
    return budget if isinstance(budget, Budget) else Budget()


def tiles_of_shot(project: OpenProject, shot: str, budget: Budget) -> tuple[tuple[Tile, ...], bool]:
    """And whether the shot sends them otherwise than usual."""
    given = project.ask(gallery_queries.given_cards, shot)
    cast = project.ask(Cast, [shot])
    own, tiles = cast.pictures(shot), tiles_of(budget, given)
    if not budget.engine:
        tiles = (*unplaced(cast.of(shot), project.media.media, own), *tiles)
    return tiles, bool(own.order or own.left_out)


def connect_hands(hands: SentHands, prompts: PromptWishes, shot: Callable[[], str | None]) -> None:
    """`shot`: the one that is shown."""

    def of_shot(wish: Callable[..., object]) -> Callable[..., None]:
        def carry_out(*values: object) -> None:
            if (shown := shot()) is not None:
                wish(shown, *values)

        return carry_out

    hands.order_requested.connect(of_shot(prompts.order_views))
    hands.left_out.connect(of_shot(prompts.leave_out))
    hands.usual_requested.connect(of_shot(prompts.reset_views))
    hands.files_given.connect(of_shot(prompts.give_files))
    hands.picture_given.connect(of_shot(prompts.give_picture))
    hands.taken_away.connect(prompts.take_away)
    hands.strength_chosen.connect(prompts.set_strength)
