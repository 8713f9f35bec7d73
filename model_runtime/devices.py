"""Where an engine computes: decided once when it loads, and passed on by value."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

THREADS_VARIABLE = "SHOTWRIGHT_THREADS"
MOST_THREADS = 8
"""More cores make a small network slower, not faster."""


# Threads that wait for each other sleep instead of spinning. On two cores shared with another busy program, spinning
# made two threads eight times slower than one; sleeping, they are as fast. The bits are the same either way.
WAIT_QUIETLY = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0", "KMP_BLOCKTIME": "0"}


@dataclass(frozen=True)
class DevicePlan:
    """`device` as torch names it; `dtype` the name of the type it computes in."""

    device: str
    dtype: str
    threads: int


def plan_device() -> DevicePlan:
    """The best device of this machine. Imports torch, whose threads read the environment as they are loaded."""
    for name, value in WAIT_QUIETLY.items():
        os.environ.setdefault(name, value)
    import torch

    if torch.cuda.is_available():
        return DevicePlan("cuda", "float32", threads())
    # Apple's GPU lacks some of the operations exactly as the CPU does them; small networks are quick on its CPU.
    return DevicePlan("cpu", "float32", threads())


def use_threads(plan: DevicePlan) -> None:
    """Torch's and OpenCV's threads for the whole process; called once, before the first computation."""
    import cv2
    import torch

    torch.set_num_threads(plan.threads)
    cv2.setNumThreads(plan.threads)


def threads() -> int:
    """Cores this process may use, or what the environment asks for, within 1 to 8."""
    asked = os.environ.get(THREADS_VARIABLE, "")
    count = int(asked) if asked.isdigit() else _cores()
    return min(max(count, 1), MOST_THREADS)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_memory() -> int:
    """Most bytes this process has held in memory so far; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
