"""What a start costs: whole processes against floors of the same run.

    python benchmarks/startup.py [RUNS]

Each round runs every command once, so that a busy machine slows all of them alike; what is printed
are medians, and their ratios to a floor. The first example is measured in every way, the others as JSON:
how long those take depends on what there is to scan.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = "readiness: 1\nproject: {name: small}\nmonitoring: {alerting: yes}\n"

FLOORS = {
    "typer": ["-c", "import typer"],
    "typer, yaml": ["-c", "import typer, yaml"],
    "typer, yaml, rich.table": ["-c", "import typer, yaml, rich.table"],
}


def commands(project: str, others: Sequence[str]) -> dict[str, tuple[list[str], str, float]]:
    """Each command with its floor and the greatest ratio that is good enough."""
    assess = ["-m", "readiness", "assess"]
    return {
        "--version": (["-m", "readiness", "--version"], "typer", 1.15),
        "assess -f json": ([*assess, project, "-f", "json"], "typer, yaml", 1.5),
        "assess -f json --root none": ([*assess, project, "-f", "json", "--root", "none"], "typer, yaml", 1.5),
        "assess -f terminal": ([*assess, project], "typer, yaml, rich.table", 1.5),
        **{
            f"assess -f json {Path(other).parent.name}": ([*assess, other, "-f", "json"], "typer, yaml", 1.5)
            for other in others
        },
    }


def run(arguments: list[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=env, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    example, *others = [*sorted((ROOT / "examples").glob("*/project.yaml")), None]
    with tempfile.TemporaryDirectory() as folder:
        # An installed package has its bytecode beside it: so has everything here, after two rounds.
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(Path(folder, "cache"))}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        project = example or Path(folder, "small", "project.yaml")
        if example is None:
            project.parent.mkdir()
            project.write_text(SMALL)
        measured = commands(str(project), [str(other) for other in others if other])
        todo = {**FLOORS, **{name: command for name, (command, _, _) in measured.items()}}
        taken: dict[str, list[float]] = {name: [] for name in todo}
        for number in range(rounds + 2):
            for name, arguments in todo.items():
                seconds = run(arguments, env)
                if number >= 2:
                    taken[name].append(seconds)
    medians = {name: statistics.median(values) * 1000 for name, values in taken.items()}
    print(f"{rounds} rounds of {project.parent.name}/{project.name}, medians of whole processes\n")
    for name in FLOORS:
        print(f"{'floor: import ' + name:36} {medians[name]:7.1f} ms")
    for name, (_, floor, target) in measured.items():
        ratio = medians[name] / medians[floor]
        sign = "ok" if ratio <= target else "TOO SLOW"
        print(f"{name:36} {medians[name]:7.1f} ms  {ratio:5.2f} x {floor} (at most {target})  {sign}")


if __name__ == "__main__":
    main()
