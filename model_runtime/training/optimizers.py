"""The optimiser of all training here: Muon for matrices and convolutions, AdamW for the rest, and an EMA."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, cast

import torch
from torch import Tensor, nn

# Newton-Schulz coefficients of Jordan et al. (Muon, 2024): singular values end in about 0.7..1.2.
_NS = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Tensor, steps: int = 5) -> Tensor:
    """(k, m, n) -> the nearest semi-orthogonal matrices, roughly; bf16, which a CPU with avx512_bf16 likes."""
    a, b, c = _NS
    x = matrices.to(torch.bfloat16)
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) * 1.02 + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return (x.mT if tall else x).to(matrices.dtype)


class Muon(torch.optim.Optimizer):
    """Momentum, made orthogonal per matrix and scaled to AdamW's usual step size, so both share one rate.

    torch.optim.Muon takes 2-D weights only; this one also flattens convolutions and batches equal shapes.
    """

    def __init__(self, params: Iterable[nn.Parameter], lr: float, momentum: float = 0.95, decay: float = 0.01) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            by_shape: dict[tuple[int, int], list[nn.Parameter]] = {}
            for parameter in group["params"]:
                if parameter.grad is not None:
                    flat = parameter.flatten(1)
                    by_shape.setdefault((flat.shape[0], flat.shape[1]), []).append(parameter)
            for shape, parameters in by_shape.items():
                self._step_shape(group, shape, parameters)

    def _step_shape(self, group: dict[str, Any], shape: tuple[int, int], parameters: list[nn.Parameter]) -> None:
        directions = []
        for parameter in parameters:
            state = self.state[parameter]
            gradient = cast(Tensor, parameter.grad)
            if "momentum" not in state:
                state["momentum"] = torch.zeros_like(gradient)
            state["momentum"].lerp_(gradient, 1 - group["momentum"])
            directions.append(gradient.lerp(state["momentum"], group["momentum"]).flatten(1))
        updates = orthogonalise(torch.stack(directions))
        rate = group["lr"] * 0.2 * max(shape) ** 0.5  # root mean square of an AdamW step
        for parameter, update in zip(parameters, updates, strict=True):
            parameter.mul_(1 - group["lr"] * group["decay"])
            parameter.add_(update.reshape(parameter.shape), alpha=-rate)


class Optimizers:
    """Muon and AdamW behind one step, one rate and one state; without `muon`, AdamW takes the matrices too.

    Muon pays where a step is dear (the autoencoder). For the transformer's small batches of stills on a CPU,
    AdamW came further in the same time (loss 1.28 against 1.44 after a minute, 128 against 70 steps).
    """

    def __init__(
        self, network: nn.Module, *, lr: float, adam_lr: float | None = None, decay: float = 0.01, muon: bool = True
    ) -> None:
        matrices: list[nn.Parameter] = []
        others: list[nn.Parameter] = []
        for name, parameter in network.named_parameters():
            is_matrix = parameter.ndim >= 2 and "table" not in name and "embed" not in name
            if parameter.requires_grad:
                (matrices if is_matrix else others).append(parameter)
        self.parameters = matrices + others
        groups = [{"params": others, "weight_decay": 0.0}]
        if not muon:
            groups.append({"params": matrices, "weight_decay": decay})
        adam = torch.optim.AdamW(groups, lr=adam_lr or lr, betas=(0.9, 0.98), fused=True)
        self.parts: list[tuple[torch.optim.Optimizer, float]] = [(adam, adam_lr or lr)]
        if muon:
            self.parts.append((Muon(matrices, lr=lr, decay=decay), lr))

    def step(self, factor: float, clip: float = 1.0) -> float:
        """One update at `factor` of the base rates; returns the gradient's norm before clipping."""
        norm = float(torch.nn.utils.clip_grad_norm_(self.parameters, clip))
        for optimizer, base in self.parts:
            for group in optimizer.param_groups:
                group["lr"] = base * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return norm

    def state_dict(self) -> dict[str, Any]:
        return {str(number): optimizer.state_dict() for number, (optimizer, _) in enumerate(self.parts)}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        for number, (optimizer, _) in enumerate(self.parts):
            optimizer.load_state_dict(state[str(number)])


class Ema:
    """A slowly following copy of a network; young runs follow faster so that the start is forgotten."""

    def __init__(self, network: nn.Module, decay: float = 0.999) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.decay, self.steps = decay, 0

    @torch.no_grad()
    def follow(self, network: nn.Module) -> None:
        self.steps += 1
        keep = min(self.decay, (1 + self.steps) / (10 + self.steps))
        own: list[Tensor] = list(self.network.parameters())
        new: list[Tensor] = list(network.parameters())
        torch._foreach_lerp_(own, new, 1 - keep)
        for mine, theirs in zip(self.network.buffers(), network.buffers(), strict=True):
            mine.copy_(theirs)

    def state_dict(self) -> dict[str, Any]:
        return {"network": self.network.state_dict(), "steps": self.steps}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self.steps = state["steps"]
