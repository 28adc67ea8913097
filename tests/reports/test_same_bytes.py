"""Same inputs, same bytes, in every format: whatever the hash seed, time zone, locale and folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import readiness
from readiness.reports import FORMATS

ROOT = Path(__file__).parent.parent.parent
SOURCE = Path(readiness.__file__).parent.parent
PROJECT = ROOT / "examples/fraud-online/project.yaml"
STORED = [name for name in FORMATS if name not in ("terminal", "in-toto")]  # the example names no artifact


def written(folder: Path, cwd: Path, **env: str) -> dict[str, bytes]:
    folder.mkdir()
    outputs = [part for name in STORED for part in ("-o", f"{name}={folder / name}")]
    rulers = ["--checklist", "core@1.0.0", "--checklist", "ml-test-score@1.0.0", "--checklist", "eu-ai-act@1.0.0"]
    command = [sys.executable, "-m", "readiness", "assess", os.path.relpath(PROJECT, cwd), "--as-of", "2026-11-22"]
    made = subprocess.run(
        [*command, *rulers, *outputs],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(SOURCE), **env},
        capture_output=True,
        check=True,
    )
    return {"terminal": made.stdout, **{name: (folder / name).read_bytes() for name in STORED}}


def test_same_inputs_same_bytes(tmp_path: Path) -> None:
    one = written(tmp_path / "one", ROOT, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    two = written(tmp_path / "two", tmp_path, PYTHONHASHSEED="77", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8")
    assert [name for name in one if one[name] != two[name]] == []
    assert all(one.values())
