"""Rows of packed clips draw what each clip draws alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from model_runtime.video.conditioning import References, Stills, model_input
from model_runtime.video.networks import Sketch
from model_runtime.video.packing import Rows, pack

SIZES = [(4, 4, 6), (1, 4, 6), (2, 6, 4), (3, 4, 4)]  # time, height, width in latents
TEXTS = ["pier, night.", "woman with red hair in a coat.", "rain.", "close-up, a zeppelin."]


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def random(*shape: int, seed: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def tokens(size: tuple[int, int, int]) -> int:
    return size[0] * size[1] * size[2] // 4


@pytest.mark.parametrize("most", [24, 30, 60])
@pytest.mark.parametrize("with_context", [False, True])
def test_packed_clips_are_drawn_as_alone(tiny: Sketch, most: int, with_context: bool) -> None:
    clips = [model_input(random(1, 32, *size, seed=number))[0] for number, size in enumerate(SIZES)]
    times = torch.tensor([0.3, 0.9, 0.5, 0.7])
    text = tiny.transformer.text_keys(*tiny.text_encoder.encode(TEXTS))
    context = None
    if with_context:
        references = References(
            random(3, 32, 12, 8, seed=8), tiny.text_encoder.marks([1, 2, 3]), torch.tensor([2, 0, 0])
        )
        stills = [
            Stills(random(1, 32, 4, 6, seed=9), torch.tensor([24.0]), torch.tensor([0])),
            Stills(random(1, 32, 6, 4, seed=9), torch.tensor([8.0]), torch.tensor([2])),
        ]
        context = tiny.transformer.context_keys(4, references, stills)
    rows = pack([tokens(size) for size in SIZES], most)
    packed = tiny.transformer.forward_packed(clips, times, text, rows, context)
    for number, clip in enumerate(clips):
        own = None if context is None else context.only([number])
        alone = tiny.transformer(clip[None], times[number : number + 1], text.only([number]), own)[0]
        assert packed[number].shape == alone.shape
        assert (packed[number] - alone).abs().max() < 1e-5 < alone.abs().mean()


def test_every_clip_stands_once_and_no_row_is_too_long() -> None:
    counts = [180, 45, 45, 90, 168, 6, 180]
    rows = pack(counts, 192)
    assert rows.clip.shape[1] <= 192
    for clip, count in enumerate(counts):
        row, first, length = rows.places[clip]
        assert length == count and int((rows.clip == clip).sum()) == count
        assert bool((rows.clip[row, first : first + length] == clip).all())
    assert len(rows.clip) == 4  # 714 tokens need four rows of 192


def test_laid_tokens_are_taken_back() -> None:
    counts = [5, 3, 4]
    each = [random(count, 2, seed=count) for count in counts]
    rows = pack(counts, 8)
    assert all(torch.equal(one, other) for one, other in zip(rows.take(rows.lay(each)), each, strict=True))


def test_masks_keep_clips_and_texts_apart() -> None:
    rows: Rows = pack([2, 1, 2], 4)
    own = rows.attention()[:, 0]
    texts = rows.keys_mask(torch.tensor([[True, True], [True, False], [True, True]]))[:, 0]
    for row in range(len(rows.clip)):
        for token, clip in enumerate(rows.clip[row].tolist()):
            assert own[row, token].tolist() == (rows.clip[row] == clip).tolist()
            seen = texts[row, token].unflatten(0, (-1, 2))
            for seat, member in enumerate(rows.clips[row].tolist()):
                expected = [clip == member, clip == member and member != 1] if clip >= 0 else [True, True]
                assert seen[seat].tolist() == expected


def test_clip_longer_than_a_row_is_refused_with_both_numbers() -> None:
    with pytest.raises(ValueError, match=r"50 tokens.*row of 40"):
        pack([10, 50], 40)
