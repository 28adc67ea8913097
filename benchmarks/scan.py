"""How long a scan takes against a plain walk that reads the same files, and its peak memory.

    python benchmarks/scan.py FOLDER [--detectors FILE] [--rounds 5]

Both run in turn in one process, after one warm-up each; the ratio is that of the medians. Peak memory is that
of a child process which scans once. FILE is YAML, a mapping of practices to `detect` conditions; without it the
detectors of the shipped practices are used.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from readiness.keep import keep
from readiness.loaders.detector import read_detector
from readiness.model import Condition
from readiness.repository import Repository
from readiness.scan import scan_kept

PRACTICES = Path(__file__).parent.parent / "checklists" / "practices"


class Words(yaml.SafeLoader):
    """YAML 1.2: `on` and `yes` are words."""


Words.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in found if not tag.endswith((":bool", ":timestamp"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def load_yaml(path: Path) -> Any:
    """A YAML file as plain data."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Words)


def detectors(file: str | None) -> dict[str, Condition]:
    """The conditions of a file, or of every shipped practice that has one."""
    if file:
        found = load_yaml(Path(file))
    else:
        practices = [load_yaml(path) for path in sorted(PRACTICES.glob("*/*.yaml"))]
        found = {each["id"]: each["detect"] for each in practices if each.get("detect")}
    made = {}
    for practice, data in found.items():
        made[practice], faults = read_detector(data)
        for place, message in faults:
            print(f"{practice}: {place}: {message}", file=sys.stderr)
    return made


def plain(paths: tuple[str, ...], root: str) -> tuple[int, int]:
    """A plain walk over the whole tree that reads the files that the scan reads."""
    wanted, count, size = frozenset(paths), 0, 0
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root) if folder != root else name
            if path in wanted:
                with open(os.path.join(root, path), "rb") as file:
                    size += len(file.read())
                count += 1
    return count, size


def timed(action: Any) -> float:
    """Seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--detectors")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="only: scan once and print the peak memory")
    given = parser.parse_args()
    root = os.path.realpath(given.folder)
    conditions = detectors(given.detectors)
    kept = keep(conditions)  # as the tool keeps them

    def scan() -> dict[str, Any]:
        return scan_kept(Repository(Path(root)), kept, conditions, every=True)

    if given.memory:
        scan()
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    paths = Repository(Path(root)).files
    count, size = plain(paths, root)
    found = scan()
    walks, scans = [], []
    for _ in range(given.rounds):
        walks.append(timed(lambda: plain(paths, root)))
        scans.append(timed(scan))
    walk, took = statistics.median(walks), statistics.median(scans)
    extra = ["--detectors", given.detectors] if given.detectors else []
    child = [sys.executable, __file__, root, "--memory", *extra]
    memory = subprocess.run(child, capture_output=True, text=True, check=True).stdout.strip()
    print(f"{count} files, {size / 1e6:.1f} MB, {len(conditions)} detectors, {len(found)} present")
    print(f"walk and read {walk * 1e3:.0f} ms, scan {took * 1e3:.0f} ms, ratio {took / walk:.2f}, peak {memory} MB")


if __name__ == "__main__":
    main()
