"""Stills and references beside a clip: whose they are, in which order, and what happens without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from model_runtime.video.conditioning import References, Stills, model_input
from model_runtime.video.context import ContextKeys
from model_runtime.video.networks import Sketch

SLOTS = [2, 5, 1]


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def random(*shape: int, seed: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def references(sketch: Sketch, owners: list[int], order: list[int] | None = None) -> References:
    """Three pictures with their slots; `order` says in which order they are handed over."""
    places = order or [0, 1, 2]
    marks = sketch.text_encoder.marks(SLOTS)[places]
    return References(random(3, 32, 12, 8, seed=4)[places], marks, torch.tensor(owners)[places])


def still(owner: int, frame: float = 8.0) -> Stills:
    return Stills(random(1, 32, 4, 6, seed=5), torch.tensor([frame]), torch.tensor([owner]))


def velocity(sketch: Sketch, context: ContextKeys | None, clips: int = 2) -> Tensor:
    keys = sketch.transformer.text_keys(*sketch.text_encoder.encode(["woman, pier.", "red coat, night."][:clips]))
    noisy = model_input(random(2, 32, 2, 4, 6, seed=6)[:clips])
    result: Tensor = sketch.transformer(noisy, torch.tensor([0.4, 0.7])[:clips], keys, context)
    return result


@pytest.mark.parametrize("order", [[2, 1, 0], [1, 2, 0], [0, 2, 1]])
def test_order_of_references_with_their_slots_does_not_matter(tiny: Sketch, order: list[int]) -> None:
    drawn = [
        velocity(tiny, tiny.transformer.context_keys(2, references(tiny, [0, 0, 1], each), [still(0)]))
        for each in ([0, 1, 2], order)
    ]
    assert (drawn[0] - drawn[1]).abs().max() < 1e-4


def test_references_that_exchange_their_slots_draw_something_else(tiny: Sketch) -> None:
    one = references(tiny, [0, 0, 0])
    other = References(one.latents, one.marks[[1, 0, 2]], one.owner)
    drawn = [velocity(tiny, tiny.transformer.context_keys(2, each)) for each in (one, other)]
    assert not torch.allclose(drawn[0], drawn[1], atol=1e-4)


def test_context_of_one_clip_is_not_seen_by_another(tiny: Sketch) -> None:
    plain = velocity(tiny, None)
    beside = velocity(tiny, tiny.transformer.context_keys(2, references(tiny, [0, 0, 0]), [still(0)]))
    assert torch.allclose(beside[1], plain[1], atol=1e-5)
    assert not torch.allclose(beside[0], plain[0], atol=1e-3)


def test_each_clip_sees_its_context_as_if_it_were_alone(tiny: Sketch) -> None:
    together = velocity(tiny, tiny.transformer.context_keys(2, references(tiny, [0, 0, 1]), [still(0), still(1)]))
    context = tiny.transformer.context_keys(2, references(tiny, [0, 0, 1]), [still(0), still(1)])
    assert context is not None
    alone = velocity(tiny, context.only([0]), clips=1)
    assert torch.allclose(together[:1], alone, atol=1e-5)


def test_hidden_context_is_no_context(tiny: Sketch) -> None:
    context = tiny.transformer.context_keys(2, references(tiny, [0, 0, 1]), [still(1)])
    assert context is not None
    hidden = velocity(tiny, context.where(torch.tensor([False, True])))
    assert torch.allclose(hidden[0], velocity(tiny, None)[0], atol=1e-5)
    assert torch.allclose(hidden[1], velocity(tiny, context)[1], atol=1e-5)


def test_without_pictures_there_is_no_context(tiny: Sketch) -> None:
    assert tiny.transformer.context_keys(2) is None


def test_a_still_says_which_drawing_it_is(tiny: Sketch) -> None:
    drawn = [velocity(tiny, tiny.transformer.context_keys(2, None, [still(0, frame)])) for frame in (8.0, 9.0, 16.0)]
    assert all(not torch.allclose(one, other, atol=1e-4) for one, other in [drawn[:2], drawn[1:]])


def test_reference_of_another_size_is_refused(tiny: Sketch) -> None:
    wrong = References(torch.zeros(1, 32, 8, 8), torch.zeros(1, 32), torch.tensor([0]))
    with pytest.raises(ValueError, match="reference picture"):
        tiny.transformer.context_keys(1, wrong)
