"""The command line as a script sees it: real processes, their streams, exit codes and files."""

# ruff: noqa: E501
from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import readiness
import readiness.pipeline
from readiness.cli import assess as _assess
from readiness.cli import checklists as _checklists
from readiness.cli import main
from readiness.cli import manual as _manual
from readiness.cli import project as _project

SOURCE = Path(readiness.__file__).parent.parent
RULER = """\
id: own
version: "1.0.0"
title: Our own
released: 2026-01-01
scoring:
  scheme: {within: share, across: mean, rounding: down}
  weights: {blocker: 3, major: 2, minor: 1}
  default_proof: documented
  attestation_age: 365d
dimensions: [{id: monitoring, title: Monitoring}]
stages: [{id: pilot, title: Pilot}, {id: production, title: Production, threshold: 70}]
controls:
  - {id: named, dimension: monitoring, title: Named, met_when: alerting, stage: pilot, severity: blocker, effort: hours, why: So., fix: Do it.}
  - {id: watched, dimension: monitoring, title: Watched, met_when: dashboards, stage: production, severity: major, effort: days, why: So., fix: Do it.}
"""
PROJECT = """\
readiness: 1
project: {name: small}
assess: {checklist: ./own.yaml}
monitoring:
  alerting: {answer: yes, evidence: ops.md}
"""
LOADED = (_assess, _checklists, _manual, _project)
DAY = ["--as-of", "2026-11-22"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(RULER)
    (tmp_path / "project.yaml").write_text(PROJECT)
    (tmp_path / "ops.md").write_text("# Alerts\n\nEach late run calls the person on duty within five minutes.\n")
    return tmp_path


Done = subprocess.CompletedProcess[bytes]


def environment(**more: str) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {**kept, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(*arguments: str | Path, cwd: Path | None = None, **more: Any) -> Done:
    env = environment(**more.pop("env", {}))
    command = [sys.executable, *more.pop("python", []), "-m", "readiness", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, timeout=60, check=False, **more)


def quick(*arguments: str | Path, cwd: Path) -> Done:
    """The same in a child of this process, which need not import everything anew."""
    out, err = cwd / ".out", cwd / ".err"
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.chdir(cwd)
            for number, path in ((1, out), (2, err)):
                os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), number)
            sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8") for n in (1, 2))
            sys.argv = ["readiness", *map(str, arguments)]
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    done = Done([*map(str, arguments)], os.waitstatus_to_exitcode(status), out.read_bytes(), err.read_bytes())
    out.unlink()
    err.unlink()
    return done


def assess(home: Path, *arguments: str | Path, **more: Any) -> Done:
    return run("assess", *DAY, *arguments, cwd=home, **more)


# --------------------------------------------------------------------------- exit codes and streams


def test_a_finished_assessment_exits_0_and_prints_the_report_alone(home: Path) -> None:
    done = assess(home, "-f", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["verdict"]["stage"] == "pilot"
    assert b"2026-11-22, which is not today" in done.stderr or b"today" not in done.stderr
    today = run("assess", "-f", "json", cwd=home)
    assert (today.returncode, today.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        (["--fail-on", "not-ready"], 1), (["--fail-on", "blocker"], 0), (["--fail-on", "major"], 1),
        (["--fail-on", "minor"], 1), (["--fail-on", "blocker", "--fail-on", "not-ready"], 1),
        (["--fail-on", "not-ready", "--target", "pilot"], 0), (["--fail-under", "60"], 0), (["--fail-under", "61"], 1),
        (["--fail-on", "blocker", "--fail-under", "100"], 1), (["--fail-under", "100", "--target", "pilot"], 0),
    ],
)  # fmt: skip
def test_the_gate(home: Path, gate: list[str], code: int) -> None:
    done = assess(home, "-f", "json", *gate)
    assert done.returncode == code
    assert json.loads(done.stdout)["score"]["proven"] == (100 if "pilot" in gate else 60)
    assert (b"gate not passed: " in done.stderr) is (code == 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail-on", "blockers"], "did you mean `blocker`?"),
        (["-f", "jsn"], "did you mean `json`?"),
        (["--target", "prodution"], "has no stage"),
        (["--fail-under", "101"], "101"),
        (["--as-of", "2026-02-30"], "write a day that exists"),
        (["--as-of", "2026-W01-1"], "write a day that exists"),
        (["--as-of", "20261122"], "write a day that exists"),
        (["--as-of", "today"], "write a day that exists"),
        (["--accept", "verified"], "claimed, documented, attested"),
        (["--accept", "claimd"], "did you mean `claimed`?"),
        (["--accept", "claimed", "--fail-on", "blocker"], "cannot stand together with a gate"),
        (["--accept", "claimed", "--fail-under", "0"], "cannot stand together with a gate"),
        (["-o", "out.xyz"], "no format follows"),
        (["-o", "xml=out"], "there is no format `xml`; it is one of terminal, markdown, json"),
        (["-o", ""], "--output is empty"),
        (["-o", "a.md", "-o", "json=./a.md"], "--output names a.md twice"),
        (["-o", "json="], "names no file"),
        (["-o", "json=project.yaml"], "that is the description itself"),
        (["-o", "gone/out.json"], "gone/out.json: the file cannot be written: No such file or directory"),
        (["--root", "gone"], "there is no such folder"),
        (["--root", "infra=gone"], "there is no such folder"),
        (["--root", "project.yaml"], "it is not a folder"),
        (["--root", ""], "--root is empty"),
        (["--root", "=."], "write it as NAME=DIR"),
        (["--root", "infra="], "write it as NAME=DIR"),
        (["--checklist", ""], "--checklist is empty"),
        (["--target", " "], "--target is empty"),
        (["--root", "x y=."], "begin with a letter"),
        (["--root", ".", "--root", "."], "twice"),
        (["--root", "none", "--root", "."], "cannot stand beside"),
        (["--checklist", "cor"], "did you mean `core`?"),
        (["--checklist", "core@9"], "has no version 9"),
        (["--checklist", "./gone.yaml"], "gone.yaml"),
        (["--checklist", "./project.yaml"], "unknown field `readiness`"),
        (["gone.yaml"], "gone.yaml"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_exits_2_with_a_word_of_advice(home: Path, arguments: list[str], said: str) -> None:
    done = quick("assess", *DAY, *arguments, cwd=home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in re.sub(r"\s+", " ", done.stderr.decode().replace("│", " "))
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["assess", "validate"])
@pytest.mark.parametrize(
    "content", [None, "folder", b"", b"# nothing\n", b"\x00\x01\x02", b"\xff\xfe\xfa", b"a: [1\n", b"- 1\n"]
)
def test_what_is_no_description_exits_2(home: Path, command: str, content: Any) -> None:
    path = home / "other.yaml"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    done = quick(command, path.name, cwd=home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"other.yaml")
    assert b"Traceback" not in done.stderr


def test_every_fault_is_told_at_once(home: Path) -> None:
    (home / "project.yaml").write_text(PROJECT + "  dashbords: yes\n  runbook: maybe\nfacts: {risk: huge}\n")
    done = assess(home)
    assert done.returncode == 2
    assert [int(n) for n in re.findall(rb"^project.yaml:(\d+):\d+: error", done.stderr, re.M)] == [6, 7, 8]


BREAK = "import readiness.pipeline as p\ndef broken(*a, **k): raise ZeroDivisionError('broken')\np.Session = broken\n"


def test_a_fault_of_the_tool_exits_3_with_its_trace_in_a_file(home: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(BREAK)
    env = {"PYTHONPATH": f"{site}{os.pathsep}{SOURCE}", "TMPDIR": str(tmp_path)}
    done = assess(home, env=env)
    assert (done.returncode, done.stdout) == (3, b"")
    line = done.stderr.decode().splitlines()[-1]
    assert line.startswith("readiness: a fault in readiness itself, not in your files; its trace is in ")
    assert "ZeroDivisionError: broken" in Path(line.rpartition(" ")[2]).read_text()


# --------------------------------------------------------------------------- output


def test_files_are_written_and_stdout_still_gets_its_report(home: Path) -> None:
    done = assess(home, "-o", "a.json", "-o", "b.md", "-o", "json=c.out", "-o", "d.txt", "-f", "markdown")
    assert done.returncode == 0, done.stderr
    assert (home / "a.json").read_bytes() == (home / "c.out").read_bytes() == assess(home, "-f", "json").stdout
    assert (home / "b.md").read_bytes() == done.stdout
    assert (home / "d.txt").read_bytes() == assess(home).stdout
    assert sorted(p.name for p in home.iterdir()) == sorted(
        ["a.json", "b.md", "c.out", "d.txt", "ops.md", "own.yaml", "project.yaml"]
    )


def test_a_report_is_written_although_the_gate_does_not_pass(home: Path) -> None:
    assert assess(home, "-o", "a.json", "--fail-on", "not-ready").returncode == 1
    assert json.loads((home / "a.json").read_text())["verdict"]["ready"] is False


def test_an_old_report_stays_whole_where_the_new_one_cannot_be_written(home: Path) -> None:
    (home / "out").mkdir()
    (home / "out/a.json").write_text("old")
    (home / "out").chmod(0o555)
    try:
        if os.access(home / "out", os.W_OK):
            pytest.skip("this user may write everywhere")
        done = assess(home, "-o", "out/a.json")
    finally:
        (home / "out").chmod(0o755)
    assert done.returncode == 2
    assert (home / "out/a.json").read_text() == "old"


def test_an_output_keeps_its_mode_and_its_link(home: Path) -> None:
    (home / "real.json").write_text("old")
    (home / "real.json").chmod(0o600)
    (home / "a.json").symlink_to("real.json")
    assert assess(home, "-o", "a.json").returncode == 0
    assert (home / "a.json").is_symlink()
    assert (home / "real.json").stat().st_mode & 0o777 == 0o600
    assert json.loads((home / "real.json").read_text())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(home: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "readiness", "assess", "-f", "json"]
        done = subprocess.run(command, cwd=home, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"readiness: the report cannot be written to stdout: No space left on device\n"
    assert assess(home, "-o", "json=/dev/full").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("word", ["--version", "--help", "assess --help"])
def test_a_full_disk_under_version_and_help(word: str, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "readiness", *word.split()]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (2, b"readiness: stdout cannot be written: No space left on device\n")


def test_the_underline_stands_below_wide_characters(home: Path) -> None:
    text = "readiness: 1\nproject: {name: x}\nmonitoring:\n  alerting: {note: 日本, answer: 本}\n"
    (home / "project.yaml").write_text(text, encoding="utf-8")
    told = quick("validate", "project.yaml", cwd=home).stderr.decode().splitlines()
    assert told[1:3] == ["   4 |   alerting: {note: 日本, answer: 本}", "     |                                  ^^"]


@pytest.mark.parametrize(
    "command", ["assess project.yaml", "validate project.yaml", "checklist validate own.yaml", "scan ."]
)
def test_whether_a_file_can_be_read_is_found_out_by_reading_it(command: str, home: Path) -> None:
    """Typer would ask before, and tell it in a way of its own."""
    code = "import os; os.access = lambda *a, **k: False\nfrom readiness.cli import main; main()"
    line = [sys.executable, "-c", code, *command.split()]
    done = subprocess.run(line, cwd=home, env=environment(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("gate", [[], ["--fail-on", "not-ready"]])
def test_a_reader_that_goes_away(home: Path, gate: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "readiness", "assess", "-f", "json", *gate]
    done = subprocess.run(command, cwd=home, env=environment(), stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.returncode == (1 if gate else 0)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_a_closed_stdout(home: Path) -> None:
    line = f"{sys.executable} -m readiness assess >&-"
    done = subprocess.run(["sh", "-c", line], cwd=home, env=environment(), stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"readiness: stdout is closed, so no report can be written\n")


WAIT = "import readiness.pipeline as p, time\ndef slow(*a, **k):\n  print('on', flush=True)\n  time.sleep(60)\np.Session = slow\n"


def heeding() -> None:
    """A job that a script started in the background ignores Ctrl-C, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_exits_130_and_leaves_no_half_file(home: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(WAIT)
    before = sorted(home.iterdir())
    command = [sys.executable, "-m", "readiness", "assess", "-o", "a.json"]
    env = environment(PYTHONPATH=f"{site}{os.pathsep}{SOURCE}")
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=home, env=env, stdout=pipe, stderr=pipe, preexec_fn=heeding) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"on\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, b"readiness: interrupted\n")
    assert sorted(home.iterdir()) == before


# --------------------------------------------------------------------------- what is judged


def test_a_checklist_by_name_and_by_path(home: Path) -> None:
    by_path = json.loads(assess(home, "-f", "json").stdout)["checklist"]
    assert (by_path["id"], by_path["version"]) == ("own", "1.0.0")
    for name in ("core", "core@1", "core@1.0.0"):
        done = quick("assess", *DAY, "-f", "json", "--checklist", name, cwd=home)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["checklist"]["id"] == "core"


def outcomes(home: Path, *arguments: str) -> list[str]:
    done = quick("assess", *DAY, "-f", "json", *arguments, cwd=home)
    assert done.returncode == 0, done.stderr
    return [finding["outcome"] for finding in json.loads(done.stdout)["findings"]]


def test_roots(home: Path) -> None:
    (home / "elsewhere").mkdir()
    assert outcomes(home) == ["met", "unknown"]
    assert outcomes(home, "--root", ".") == ["met", "unknown"]
    assert outcomes(home, "--root", "elsewhere") == ["unproven", "unknown"]
    assert outcomes(home, "--root", "none") == ["unproven", "unknown"]
    assert outcomes(home, "--root", "none", "--accept", "claimed") == ["met", "unknown"]
    (home / "project.yaml").write_text(PROJECT.replace("ops.md", "'wiki:ops.md'"))
    assert outcomes(home) == ["unproven", "unknown"]
    (home / "elsewhere/ops.md").write_bytes((home / "ops.md").read_bytes())
    assert outcomes(home, "--root", "wiki=elsewhere") == ["met", "unknown"]


@pytest.mark.parametrize("format", ["json", "markdown", "terminal"])
def test_the_same_inputs_give_the_same_bytes(home: Path, format: str) -> None:
    (home / "deeper").mkdir()
    first = assess(home, "project.yaml", "-f", format)
    assert first.returncode == 0, first.stderr
    odd = {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LANG": "de_DE.UTF-8"}
    for cwd, path, env in (
        (home / "deeper", "../project.yaml", {}),
        (Path("/"), str(home / "project.yaml"), odd),
        (home, "./project.yaml", {"PYTHONHASHSEED": "2", "TERM": "xterm-256color", "FORCE_COLOR": ""}),
    ):
        again = assess(cwd, path, "-f", format, env=env)
        assert again.stdout == first.stdout, (cwd, env)


# --------------------------------------------------------------------------- start-up and help

HELPS = [["--help"], ["-h"], *([*words, "--help"] for words in (
    ["assess"], ["validate"], ["explain"], ["schema"], ["checklist"], ["checklist", "list"], ["checklist", "show"],
    ["checklist", "validate"]))]  # fmt: skip


@pytest.mark.parametrize("arguments", HELPS, ids=" ".join)
def test_help(arguments: list[str], tmp_path: Path) -> None:
    done = quick(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Usage:" in done.stdout


def imports(*arguments: str, cwd: Path | None = None) -> set[str]:
    done = run(*arguments, cwd=cwd, python=["-X", "importtime"])
    assert done.returncode == 0, done.stderr[-500:]
    return {
        line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines() if line.startswith("import time:")
    }


def test_the_version_costs_nothing() -> None:
    assert run("--version").stdout == f"readiness {readiness.__version__}\n".encode()
    loaded = {name.split(".")[0] for name in imports("--version")}
    assert not loaded & {"typer", "yaml", "rich", "jsonschema", "json", "dataclasses"}


def test_a_json_report_needs_neither_rich_nor_jsonschema(home: Path) -> None:
    loaded = imports("assess", *DAY, "-f", "json", cwd=home)
    assert not loaded & {"jsonschema", "rich.table", "rich.console", "tempfile", "fractions"}


def test_help_needs_neither_yaml_nor_jsonschema() -> None:
    assert not imports("--help") & {"yaml", "jsonschema"}


def complete(words: str) -> list[str]:
    count = len(words.split()) - (0 if words.endswith(" ") else 1)
    env = {"_READINESS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    return run(env=env).stdout.decode().split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("readiness explain drift_d", {"drift_detection"}),
        ("readiness assess --checklist cor", {"core", "core@1.0.0"}),
        ("readiness checklist show core@", {"core@1.0.0"}),
        ("readiness assess --target p", {"pilot", "production"}),
        ("readiness assess --format j", {"json"}),
        ("readiness assess --accept c", {"claimed"}),
        ("readiness assess --fail-on not", {"not-ready"}),
        ("readiness schema pr", {"project", "practice"}),
        ("readiness val", {"validate"}),
    ],
)
def test_completion(words: str, expected: set[str]) -> None:
    assert expected <= set(complete(words))


def test_control_ids_complete_too() -> None:
    assert {"data_sources", "data_sources_known"} & set(complete("readiness explain data_sources"))


@pytest.mark.parametrize(
    "line",
    ["validate project.yaml", "checklist validate own.yaml", "checklist list", "checklist show core@1.0.0",
     "checklist show ./own.yaml", "explain alerting", "explain named --checklist ./own.yaml", "schema project",
     "schema report"],
)  # fmt: skip
def test_the_other_commands(home: Path, line: str) -> None:
    done = quick(*line.split(), cwd=home)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["explain", "alertin"], b"did you mean `alerting`?"), (["schema", "projct"], b"did you mean `project`?"),
     (["checklist", "show", "cor"], b"did you mean `core`?"), (["chcklist"], b"checklist"), ([], b"Usage")],
)  # fmt: skip
def test_a_wrong_name_is_answered_with_the_nearest(arguments: list[str], said: bytes, tmp_path: Path) -> None:
    done = quick(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr + done.stdout


def test_no_checklist_twice(home: Path) -> None:
    done = run("assess", "--checklist", "core@1.0.0", "--checklist", "core@1.0.0", cwd=home)
    assert done.returncode == 2 and b"names core@1.0.0 twice" in done.stderr and not done.stdout


def test_a_checklist_file_that_is_not_there(home: Path) -> None:
    done = run("assess", "--checklist", "nope.yaml", cwd=home)
    assert done.returncode == 2 and b"nope.yaml" in done.stderr and b"readiness checklist list" in done.stderr
    (home / "project.yaml").write_text("readiness: 1\nproject: {name: x}\nassess: {checklist: ./nope.yaml}\n")
    done = run("assess", cwd=home)
    assert done.returncode == 2 and b"project.yaml:3:21: error: there is no checklist file" in done.stderr
