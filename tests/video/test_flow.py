"""The flow between noise and data, and its schedules."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch

from model_runtime.video.flow import SCHEDULES, Schedule, SketchFlow, data_estimate, euler_step, linear_quadratic, mixed


def test_flow_goes_straight_from_noise_to_data() -> None:
    data, noise = torch.randn(2, 3, 1, 2, 2), torch.randn(2, 3, 1, 2, 2)
    x = mixed(data, noise, torch.tensor([0.6, 0.6]))
    velocity = noise - data
    assert torch.allclose(data_estimate(x, velocity, 0.6), data, atol=1e-6)
    assert torch.allclose(euler_step(x, velocity, 0.6, 0.0), data, atol=1e-6)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("shift", [1.0, 3.0])
@pytest.mark.parametrize("steps", [1, 2, 3, 10, 20, 251, 600])
def test_times_fall_from_noise_to_data(schedule: Schedule, shift: float, steps: int) -> None:
    times = SketchFlow(shift).times(steps, schedule)
    assert times[0] == 1.0 and times[-1] == 0.0 and len(times) == steps + 1
    assert all(a > b for a, b in pairwise(times))


def test_linear_quadratic_follows_the_long_schedule_and_then_leaps() -> None:
    progress = [1 - time for time in linear_quadratic(50)]
    assert progress[:26] == pytest.approx([i / 250 for i in range(26)])
    assert progress[25] == pytest.approx(0.1) and progress[49] == pytest.approx(0.93328)
    for i in range(25, 50):
        assert progress[i] == pytest.approx(0.00128 * i**2 - 0.06 * i + 0.8)


def test_linear_quadratic_with_twenty_steps_ends_with_a_wide_one() -> None:
    times = linear_quadratic(20)
    assert 1 - times[10] == pytest.approx(0.04) and times[19] == pytest.approx(0.18, abs=0.01)


def test_linear_quadratic_has_no_jump_in_slope_where_the_parabola_begins() -> None:
    widths = [a - b for a, b in pairwise(linear_quadratic(50))]
    growth = [b - a for a, b in pairwise(widths[25:])]
    assert growth == pytest.approx([growth[0]] * len(growth))
    assert abs(widths[25] - widths[24]) < growth[0]


def test_as_many_steps_as_it_emulates_are_even() -> None:
    assert linear_quadratic(250) == pytest.approx([1 - i / 250 for i in range(251)])


def test_a_shift_spends_more_steps_near_the_noise() -> None:
    assert SketchFlow(2.0).times(10)[5] == pytest.approx(2 / 3) and SketchFlow(1.0).times(10)[5] == 0.5


@pytest.mark.parametrize("steps", [0, -1])
def test_no_steps_are_refused_with_the_number(steps: int) -> None:
    with pytest.raises(ValueError, match=f"{steps} steps"):
        SketchFlow().times(steps)
