"""What further formats cost: one report against ten, in whole processes of the same run.

    python benchmarks/formats.py [RUNS]

Each round writes one JSON report, then ten formats at once, on the same example.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEN = {
    "json": "a.json", "markdown": "b.md", "html": "c.html", "sarif": "d.sarif", "junit": "e.xml", "gitlab": "f.json",
    "github-summary": "g.md", "csv": "h.csv", "badge": "i.svg", "oscal": "j.json",
}  # fmt: skip
TARGET = 1.5


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    project = ROOT / "examples/fraud-online/project.yaml"
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(Path(folder, "cache"))}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        one = [sys.executable, "-m", "readiness", "assess", str(project), "-f", "json"]
        ten = [*one, *(part for kind, name in TEN.items() for part in ("-o", f"{kind}={folder}/{name}"))]
        taken: dict[str, list[float]] = {"one": [], "ten": []}
        for number in range(rounds + 2):
            for name, command in (("one", [*one, "-o", f"json={folder}/a.json"]), ("ten", ten)):
                start = time.perf_counter()
                subprocess.run(command, env=env, capture_output=True, check=True)
                if number >= 2:
                    taken[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) * 1000 for name, values in taken.items()}
    ratio = medians["ten"] / medians["one"]
    sign = "ok" if ratio <= TARGET else "TOO SLOW"
    print(f"one format  {medians['one']:7.1f} ms")
    print(f"ten formats {medians['ten']:7.1f} ms  {ratio:5.2f} x (at most {TARGET})  {sign}")


if __name__ == "__main__":
    main()
