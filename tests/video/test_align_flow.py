from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.training.align_flow import Stage, assigned, balanced, costs, noise_of, paired, solve

LINE = torch.tensor([[-1.0], [1.0]])
EXACT = (Stage(0.5, 300, 2048, 0.0, 0.99), Stage(0.02, 600, 4096, 0.0, 0.995))


def normal_mass_below(x: float) -> float:
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2.0)))


def test_two_equal_data_on_a_line_part_the_noise_in_the_middle() -> None:
    dual = solve(LINE, stages=EXACT).values
    assert abs(float(dual[0] - dual[1])) < 0.1


@pytest.mark.parametrize("mass", [0.2, 0.35, 0.8])
def test_two_unequal_data_on_a_line_part_the_noise_at_the_normal_quantile(mass: float) -> None:
    # closed form: the boundary x* has Phi(x*) = b_1, and g_1 - g_2 = 4 x* for y = -1 and +1
    dual = solve(LINE, torch.tensor([mass, 1 - mass]), stages=EXACT).values
    boundary = float(dual[0] - dual[1]) / 4
    assert normal_mass_below(boundary) == pytest.approx(mass, abs=0.02)


def test_cells_of_many_data_hold_equal_mass() -> None:
    data = torch.randn(32, 6, generator=torch.Generator().manual_seed(3))
    stages = (Stage(1.0, 300, 1024, 0.1, 0.99), Stage(0.1, 400, 4096, 0.0, 0.99))
    dual = solve(data, stages=stages)
    noise = torch.randn(64_000, 6, generator=torch.Generator().manual_seed(4))
    shares = torch.bincount(assigned(noise, data, dual.values), minlength=32) / len(noise)
    assert float((shares - 1 / 32).abs().sum()) < 0.12
    assert dual.error < 0.2


def test_pairs_cost_less_transport_than_chance_and_leave_the_noise_normal() -> None:
    data = 2.0 * torch.randn(24, 3, generator=torch.Generator().manual_seed(5))
    dual = solve(data, stages=(Stage(1.0, 200, 512, 0.1, 0.99),))
    pairs = paired(data, dual.values, 50)
    noise = torch.stack([pairs.noise(row, (3,)) for row in range(len(pairs.seeds))])
    own = (noise - data[pairs.data]).square().sum(dim=1).mean()
    shuffled = (noise - data[pairs.data[torch.randperm(len(noise))]]).square().sum(dim=1).mean()
    assert float(own) < 0.75 * float(shuffled)
    assert torch.equal(torch.bincount(pairs.data, minlength=24), torch.full((24,), 50))
    assert kolmogorov(noise[:, 0]) < 1.63 / math.sqrt(len(noise))  # the 1 % point of the test


def kolmogorov(values: torch.Tensor) -> float:
    """The largest distance between the shares of values below x and the normal distribution's."""
    ordered = values.sort().values
    wanted = torch.tensor([normal_mass_below(float(x)) for x in ordered])
    steps = torch.arange(1, len(ordered) + 1) / len(ordered)
    return float(torch.maximum((steps - wanted).abs(), (steps - 1 / len(ordered) - wanted).abs()).max())


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 8), st.integers(1, 6), st.randoms(use_true_random=False))
def test_sharing_out_is_even_and_moves_as_few_as_can_be(count: int, each: int, rng) -> None:  # type: ignore[no-untyped-def]
    owners = torch.tensor([rng.randrange(count) for _ in range(count * each)])
    even = balanced(owners, count)
    assert torch.equal(torch.bincount(even, minlength=count), torch.full((count,), each))
    surplus = (torch.bincount(owners, minlength=count) - each).clamp(min=0).sum()
    assert int((even != owners).sum()) == int(surplus)


def test_what_cannot_be_shared_out_is_refused() -> None:
    with pytest.raises(ValueError, match="shared out evenly"):
        balanced(torch.tensor([0, 1, 1]), 2)
    with pytest.raises(ValueError, match="must be"):
        solve(torch.zeros(3))


def test_the_same_seed_is_the_same_noise() -> None:
    assert torch.equal(noise_of(7, (2, 3)), noise_of(7, (2, 3)))
    assert not torch.equal(noise_of(7, (2, 3)), noise_of(8, (2, 3)))


def test_costs_order_data_as_squared_distances_do() -> None:
    noise, data = torch.randn(5, 4), torch.randn(7, 4)
    distances = torch.cdist(noise, data).square()
    assert torch.equal(costs(noise, data, torch.zeros(7)).argmin(1), distances.argmin(1))
