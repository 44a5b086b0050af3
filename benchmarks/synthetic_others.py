"""Synthetic records by tools that others wrote, run by an interpreter of its own; see `synthetic.py --others`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run(tool: str, path: str, made: str, epsilon: float, delta: float) -> None:
    """Make as many records as a file has, into another; print seconds, seconds at work and the most memory in MB."""
    import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]

    real = pd.read_csv(path, dtype=str, keep_default_na=False)
    work: Callable[[Any, float, float], Any] = {"privsyn-core": _privsyn, "pac-synth": _pac}[tool]
    start, start_work = time.perf_counter(), time.process_time()
    synthetic = work(real, epsilon, delta)
    took, worked = time.perf_counter() - start, time.process_time() - start_work
    synthetic[list(real.columns)].to_csv(made, index=False)
    sys.stdout.write(f"\n{took:.2f} {worked:.2f} {_peak()}")


def _privsyn(real: Any, epsilon: float, delta: float) -> Any:  # noqa: ANN401
    import pandas as pd
    from privsyn import PrivSynModel  # type: ignore[import-not-found,unused-ignore]

    values = {name: sorted(real[name].unique()) for name in real.columns}
    coded = pd.DataFrame({name: pd.Categorical(real[name], values[name]).codes for name in real.columns})
    model = PrivSynModel(epsilon=epsilon, delta=delta)
    model.fit(coded.astype("int64"), {name: len(some) for name, some in values.items()})
    sample = model.sample(len(real))
    return pd.DataFrame({name: [values[name][code] for code in sample[name]] for name in real.columns})


def _pac(real: Any, epsilon: float, delta: float) -> Any:  # noqa: ANN401
    import pacsynth  # type: ignore[import-not-found,unused-ignore]
    import pandas as pd

    table = pacsynth.Dataset.from_data_frame(real) if hasattr(pacsynth.Dataset, "from_data_frame") else None
    table = table or pacsynth.Dataset([list(real.columns), *real.to_numpy().tolist()])
    parameters = pacsynth.DpAggregateSeededParametersBuilder().epsilon(epsilon).delta(delta).build()
    synthesizer = pacsynth.DpAggregateSeededSynthesizer(parameters)
    synthesizer.fit(table)
    rows = synthesizer.sample()
    return pd.DataFrame(rows[1:], columns=rows[0])


def _peak() -> int:
    """The most memory held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024
