"""Entries that name the same service, found among n made-up ones: time, memory, and how many are found and rightly so.

    python benchmarks/likeness.py [n ...]
    python benchmarks/likeness.py --weigh

Promised for 100,000 entries on two cores: under 60 s and under 1.5 GiB, growing hardly faster than the entries. `MB` is
the most memory that the process had, with the entries. `--weigh` writes the weights that `data/likeness_weights.json`
holds: how often each level holds, counted among the compared pairs of a made-up directory whose truth is known.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from palermo.protection.directory.hsds.likeness_keys import OFFER, UNTOLD, rows
from palermo.protection.directory.hsds.likeness_model import TOGETHER, Weights, is_untold, levels_of, scored

SIZES = (6_250, 25_000, 100_000)
WEIGHED = 50_000
ADDED = 20
"""So many pairs in which levels are independent are added to those that are seen, since some are never seen."""
HEAVIEST = 6
"""No levels weigh more, for or against: real feeds differ in ways that nobody thought of in making some up."""
WEIGHTS = Path(__file__).resolve().parents[1] / "src/palermo/protection/directory/data/likeness_weights.json"


def main(sizes: list[int]) -> None:
    """Measure each size in a process of its own, so that none has the memory of another."""
    print(f"{'entries':>8} {'proposed':>9} {'s':>7} {'cpu s':>7} {'MB':>6} {'precision':>10} {'recall':>7}", flush=True)
    for size in sizes:
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


def _one(size: int) -> None:
    from benchmarks.made_likeness import made
    from palermo.protection.directory.hsds.likeness import likely

    entries, truth = made(size, seed=2)
    begun, cpu = time.perf_counter(), time.process_time()
    found = {(pair.one, pair.other) for pair in likely(entries)}
    took, worked = time.perf_counter() - begun, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    right = len(found & truth)
    print(
        f"{size:8} {len(found):9} {took:7.1f} {worked:7.1f} {memory:6.0f} "
        f"{right / len(found):10.3f} {right / len(truth):7.3f}",
        flush=True,
    )


def _weigh() -> None:
    """Count how often levels hold of pairs that name the same service, and of those that do not, and write it down."""
    from benchmarks.made_likeness import made

    entries, truth = made(WEIGHED, seed=1)
    known = rows(entries)
    told = {name: [one for one in levels_of(name) if not is_untold(one)] for name in TOGETHER}
    even = {name: {" ".join(one): (0.5, 0.5) for one in levels} for name, levels in told.items()}
    seen: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    for pair in scored(known, Weights(origin="", share=0.5, levels=even), 0):
        is_same = (known[pair["one"]].entry.id, known[pair["other"]].entry.id) in truth
        seen[is_same].append(pair["levels"])
    same, others = (
        {name: Counter((pair[one], pair[other]) for pair in seen[is_same]) for name, (one, other) in TOGETHER.items()}
        for is_same in (True, False)
    )
    weights = Weights(
        origin=f"Counted by benchmarks/likeness.py --weigh in {WEIGHED} made-up entries (benchmarks/made_likeness.py): "
        f"{len(seen[True])} compared pairs that name the same service, {len(seen[False])} that do not.",
        share=round(len(seen[True]) / (len(seen[True]) + len(seen[False])), 4),
        levels={
            name: {" ".join(one): _weighed(same[name], others[name], name, one) for one in levels}
            for name, levels in told.items()
        },
    )
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def _weighed(
    same: Counter[tuple[str, str]], others: Counter[tuple[str, str]], together: str, levels: tuple[str, str]
) -> tuple[float, float]:
    """How often levels hold of either; of places, given how alike the names are, which have been weighed before."""
    share = _share_given if TOGETHER[together][0] == OFFER else _share
    for_same, for_others = share(same, *levels), share(others, *levels)
    most = 2**HEAVIEST
    return _rounded(max(for_same, for_others / most)), _rounded(max(for_others, for_same / most))


def _rounded(share: float) -> float:
    return float(f"{share:.3g}")


def _share(seen: Counter[tuple[str, str]], one: str, other: str) -> float:
    """How often these levels hold together; the other by itself where the one cannot be compared, and the reverse."""
    if one == UNTOLD:
        return _alone(seen, 1, other)
    if other == UNTOLD:
        return _alone(seen, 0, one)
    expected = _alone(seen, 0, one) * _alone(seen, 1, other)
    pairs = sum(pairs for levels, pairs in seen.items() if UNTOLD not in levels)
    return (seen[one, other] + ADDED * expected) / (pairs + ADDED)


def _share_given(seen: Counter[tuple[str, str]], one: str, other: str) -> float:
    """How often the other level holds where the one does; also whether it can be compared at all tells something."""
    expected = sum(pairs for levels, pairs in seen.items() if levels[1] == other) / seen.total()
    pairs = sum(pairs for levels, pairs in seen.items() if levels[0] == one)
    return (seen[one, other] + ADDED * expected) / (pairs + ADDED)


def _alone(seen: Counter[tuple[str, str]], place: int, level: str) -> float:
    """How often a level of one respect holds where that can be compared."""
    count = Counter[str]()
    for levels, pairs in seen.items():
        count[levels[place]] += pairs
    del count[UNTOLD]
    return (count[level] + 0.5) / (count.total() + 0.5 * len(count))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    if sys.argv[1:2] == ["--weigh"]:
        _weigh()
    elif sys.argv[1:2] == ["--one"]:
        _one(int(sys.argv[2]))
    else:
        main([int(word) for word in sys.argv[1:]] or list(SIZES))
