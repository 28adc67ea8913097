"""What an assessment costs beside reading its YAML: many descriptions in one process.

    python benchmarks/throughput.py [COUNT]

Descriptions of 300 lines are loaded with libyaml's `CSafeLoader` and assessed through the Python
API, in alternating batches of the same run; the ratio of the medians is what counts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import yaml

from readiness import assess
from readiness.pipeline import practices

LINES, BATCH, TARGET = 300, 50, 2.5
DAY = date(2026, 11, 22)
ANSWERS = {
    "level": [
        "answer: partial",
        "evidence: [docs/operations.md]",
        "note: by hand after each release",
        "owner: team-{n}",
    ],
    "measure": ["unit: ms", "max: 200", "actual: {n}", "as_of: 2026-10-31"],
    "records": ["entries:", "- {name: source-{n}, owner: team, contract: docs/operations.md, refresh: daily}"],
}


def description(number: int) -> str:
    """A description of about 300 lines: as many practices as fit, in the long form."""
    head = ["readiness: 1", "project:", f"  name: project-{number}", "facts:", "  risk: limited", "  serving: [batch]"]
    by_dimension: dict[str, list[str]] = {}
    left = LINES - len(head) - 6
    for practice in practices().values():
        body = ANSWERS[practice.kind]
        if practice.kind == "records":
            fields = ", ".join(f"{key}: text-{number}" for key in practice.fields)
            body = ["entries:", f"- {{{fields}}}"]
        if left < len(body) + 1:
            continue
        left -= len(body) + 1
        lines = [f"  {practice.id}:", *(f"    {line.replace('{n}', str(number % 300))}" for line in body)]
        by_dimension.setdefault(practice.dimension, []).extend(lines)
    for dimension, lines in by_dimension.items():
        head += [f"{dimension}:", *lines]
    return "\n".join(head) + "\n"


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def load_all(texts: list[bytes]) -> None:
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)


def assess_all(paths: list[Path]) -> None:
    for path in paths:
        assess(path, roots={}, as_of=DAY)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(count):
            path = Path(folder, f"{number}.yaml")
            path.write_text(description(number))
            paths.append(path)
        texts = [path.read_bytes() for path in paths]
        assess_all(paths[:2])
        loads, runs = [], []
        for first in range(0, count, BATCH):
            part = slice(first, first + BATCH)
            loads.append(timed(lambda part=part: load_all(texts[part])))  # type: ignore[misc]
            runs.append(timed(lambda part=part: assess_all(paths[part])))  # type: ignore[misc]
    load, run = (statistics.median(values) / min(BATCH, count) * 1000 for values in (loads, runs))
    sign = "ok" if run / load <= TARGET else "TOO SLOW"
    print(f"{count} descriptions of {len(texts[0].splitlines())} lines, medians of batches of {BATCH}\n")
    print(f"CSafeLoader  {load:7.2f} ms each")
    print(f"assess       {run:7.2f} ms each  {run / load:5.2f} x (at most {TARGET})  {sign}")


if __name__ == "__main__":
    main()
