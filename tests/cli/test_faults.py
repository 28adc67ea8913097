"""Files under a process that is killed, a full disk, and two runs at once: each is the old one or the whole new one."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from readiness.files import write_whole
from tests.cli.test_commands import PROJECT, RULER, environment

NAMES = ("a.json", "b.md", "c.csv", "d.sarif")
TRIES = 40
WRITER = """\
import sys
from pathlib import Path
from readiness.files import write_whole
while True:
    for name in sys.argv[2:]:
        for letter in sys.argv[1]:
            write_whole(Path(name), letter.encode() * 300_000)
"""


def whole(path: Path) -> bool:
    data = path.read_bytes()
    return len(data) == 300_000 and len(set(data)) == 1


def test_a_kill_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    moments = random.Random(7)
    for name in NAMES:
        write_whole(tmp_path / name, b"o" * 300_000)
    for _ in range(TRIES):
        command = [sys.executable, "-c", WRITER, "xy", *NAMES]
        with subprocess.Popen(command, cwd=tmp_path, env=environment()) as process:
            time.sleep(0.05 + moments.random() * 0.1)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert all(whole(tmp_path / name) for name in NAMES)
    assert any((tmp_path / name).read_bytes()[:1] in b"xy" for name in NAMES)


def test_two_writers_of_one_file_never_mix(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"o" * 300_000)
    made = [
        subprocess.Popen([sys.executable, "-c", WRITER, letter, "a"], cwd=tmp_path, env=environment())
        for letter in "xy"
    ]
    try:
        seen = set()
        end = time.monotonic() + 15
        while len(seen & {b"x", b"y"}) < 2 and time.monotonic() < end:
            assert whole(tmp_path / "a")
            seen.add((tmp_path / "a").read_bytes()[:1])
        assert seen >= {b"x", b"y"}
    finally:
        for process in made:
            process.kill()
            process.wait()


def test_two_whole_runs_at_once(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(RULER)
    (tmp_path / "project.yaml").write_text(PROJECT)
    command = [sys.executable, "-m", "readiness", "assess", "-o", "a.json", "-f", "json"]
    pipe = subprocess.PIPE
    made = [subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=pipe) for _ in range(2)]
    told = [process.communicate(timeout=60)[0] for process in made]
    assert [process.returncode for process in made] == [0, 0]
    assert (tmp_path / "a.json").read_bytes() == told[0] == told[1]
    assert json.loads(told[0])
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".part")]
