"""The recogniser in numpy is the network that was taught."""

from __future__ import annotations

import numpy as np
import torch

from model_runtime.training.drawings import to_signal
from studio.sight.recogniser import Recogniser
from tests.continuity.learning import Network


def test_numpy_computes_what_was_taught_in_torch() -> None:
    torch.manual_seed(4)
    network = Network().eval()
    windows = np.random.default_rng(4).integers(0, 256, (2, 160, 128, 3), dtype=np.uint8)
    with torch.no_grad():
        taught, _ = network(to_signal(windows[:, None])[:, :, 0])
    shipped = Recogniser({name: each.astype(np.float32) for name, each in network.exported().items()})
    # what is shipped is rounded to half precision
    np.testing.assert_allclose(shipped(windows), taught.numpy(), atol=1e-3)
