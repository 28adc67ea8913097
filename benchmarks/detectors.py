"""How well the detectors agree with hand-made labels.

    python benchmarks/detectors.py LABELS CHECKOUTS [--practice ID] [--repo NAME] [--quiet]

LABELS holds one YAML file per repository (`repo`, `root`, `practices: {id: {present, why}}`), CHECKOUTS a folder of
the same name (`owner__name`) for each. `present: unclear` does not count. Prints each disagreement with its evidence,
then precision, recall and F1 per practice and overall.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from scan import detectors, load_yaml

from readiness.repository import Repository, shown
from readiness.scan import scan

RIGHT, FALSE, MISSED = "right", "false", "missed"


def rates(counts: Counter[str]) -> str:
    """Precision, recall and F1 of some counts."""
    found, there = counts[RIGHT] + counts[FALSE], counts[RIGHT] + counts[MISSED]
    precision = f"{counts[RIGHT] / found:.2f}" if found else "  - "
    recall = f"{counts[RIGHT] / there:.2f}" if there else "  - "
    total = found + there
    f1 = f"{2 * counts[RIGHT] / total:.2f}" if total else "  - "
    return f"{precision:>6} {recall:>6} {f1:>6}   {there:>3} present, {counts[FALSE]} false, {counts[MISSED]} missed"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("labels", type=Path)
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--practice")
    parser.add_argument("--repo", default="")
    parser.add_argument("--detectors", help="a YAML mapping of practices to `detect`, in place of the shipped ones")
    parser.add_argument("--quiet", action="store_true", help="no disagreements")
    given = parser.parse_args()
    conditions = detectors(given.detectors)
    if given.practice:
        conditions = {given.practice: conditions[given.practice]}
    counts: dict[str, Counter[str]] = {practice: Counter() for practice in conditions}
    for path in sorted(given.labels.glob("*.yaml")):
        folder = given.checkouts / path.stem
        if given.repo.lower() not in path.stem.lower():
            continue
        if not folder.is_dir():
            print(f"{path.stem}: not checked out")
            continue
        label = load_yaml(path)
        found = scan(Repository(folder / label.get("root", ".")), conditions)
        for practice in conditions:
            said = label["practices"].get(practice, {})
            if said.get("present") not in (True, False):
                continue
            outcome = judge(said["present"], practice in found)
            counts[practice][outcome] += 1
            if outcome in (FALSE, MISSED) and not given.quiet:
                print(f"\n{outcome.upper()} {practice} in {path.stem}\n  label: {said.get('why')}")
                for hit in found.get(practice, ()):
                    print(f"  {shown(hit.path)}:{hit.line}: {hit.detail}")
                if outcome == MISSED:
                    print(f"  label names: {', '.join(map(str, said.get('evidence', [])))}")
    print(f"\n{'practice':28} {'prec':>6} {'recall':>6} {'F1':>6}")
    for practice in conditions:
        print(f"{practice:28} {rates(counts[practice])}")
    print(f"{'all':28} {rates(sum(counts.values(), Counter()))}")


def judge(present: bool, found: bool) -> str:
    """How a decision stands against its label."""
    if present:
        return RIGHT if found else MISSED
    return FALSE if found else "absent"


if __name__ == "__main__":
    main()
