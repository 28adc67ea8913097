"""`readiness verify`: a statement that is true, one that is not, and what is no statement, as real processes."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import PROJECT, RULER, Done, quick

DIGEST, COMMIT = "ab" * 32, "1f" * 20
HEAD = f'project: {{name: small, commit: {COMMIT}, model: {{name: m, digest: "sha256:{DIGEST}"}}}}'
SHELF = ("--checklists", "shelf")
Statement = dict[str, Any]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(RULER)
    (tmp_path / "project.yaml").write_text(PROJECT.replace("project: {name: small}", HEAD))
    (tmp_path / "ops.md").write_text("# Alerts\n\nEach late run calls the person on duty within five minutes.\n")
    shelf = tmp_path / "shelf" / "house"
    shelf.mkdir(parents=True)
    (shelf / "1.0.0.yaml").write_text(RULER.replace("id: own\n", "id: house\n"))
    return tmp_path


def made(home: Path, *arguments: str, day: str = "2026-11-22") -> Statement:
    """The statement that `assess` writes."""
    done = quick("assess", "-f", "in-toto", "--as-of", day, *arguments, cwd=home)
    assert done.returncode == 0, done.stderr
    found: Statement = json.loads(done.stdout)
    stored(home, found)
    return found


def stored(home: Path, found: object) -> None:
    (home / "st.json").write_text(json.dumps(found))


def verify(home: Path, *arguments: str) -> Done:
    return quick("verify", "st.json", *arguments, cwd=home)


def said(done: Done) -> list[str]:
    return done.stdout.decode().splitlines()


# --------------------------------------------------------------------------- true


@pytest.mark.parametrize(
    ("assessed", "verified", "verdict"),
    [
        ((), (), "own@1.0.0, as of 2026-11-22: NOT READY for production: reached pilot"),
        (("--target", "pilot"), (), "own@1.0.0, as of 2026-11-22: READY for pilot: reached pilot"),
        (("--accept", "claimed"), (), "own@1.0.0, as of 2026-11-22: NOT READY for production: reached pilot"),
        (("--root", "none"), (), "own@1.0.0, as of 2026-11-22: NOT READY for production: still a proof of concept"),
        (("--root", "."), ("--root", "."), "own@1.0.0, as of 2026-11-22: NOT READY for production: reached pilot"),
        (
            (*SHELF, "--checklist", "house"),
            SHELF,
            "house@1.0.0, as of 2026-11-22: NOT READY for production: reached pilot",
        ),
        (
            ("--checklist", "./shelf/house/1.0.0.yaml"),
            ("--checklist", "shelf/house/1.0.0.yaml"),
            "house@1.0.0, as of 2026-11-22: NOT READY for production: reached pilot",
        ),
    ],
)
def test_a_statement_is_true_of_the_inputs_it_was_made_with(
    home: Path, assessed: tuple[str, ...], verified: tuple[str, ...], verdict: str
) -> None:
    made(home, *assessed)
    done = verify(home, *verified)
    assert (done.returncode, done.stderr) == (0, b"")
    assert said(done) == ["st.json is true: the same inputs give the same result.", f"  {verdict}"]


def test_a_statement_by_several_checklists_is_true_only_as_a_whole(home: Path) -> None:
    both = (*SHELF, "--checklist", "./own.yaml", "--checklist", "house")
    found = made(home, *both, "--target", "pilot")
    done = verify(home, *SHELF)
    assert (done.returncode, len(said(done))) == (0, 3)
    found["predicate"]["assessments"][1]["counts"]["met"] = 9
    stored(home, found)
    done = verify(home, *SHELF)
    assert (done.returncode, said(done)) == (
        1,
        ["st.json is not true: 1 thing differs.", "  house@1.0.0, counts, met: the statement says 9, and it is 1"],
    )


def test_the_day_is_the_statement_s(home: Path) -> None:
    made(home, day="2020-01-01")
    assert said(verify(home))[1].startswith("  own@1.0.0, as of 2020-01-01:")


def test_how_the_checklist_was_asked_for_makes_no_difference(home: Path) -> None:
    """Without a version a report has a notice, which is nothing about the project."""
    (home / "project.yaml").write_text(PROJECT.replace("project: {name: small}", HEAD).replace("./own.yaml", "core"))
    made(home)
    assert verify(home).returncode == 0


def envelope(found: Statement, encode: Callable[[bytes], bytes] = base64.b64encode) -> Statement:
    payload = encode(json.dumps(found).encode()).decode()
    return {"payloadType": "application/vnd.in-toto+json", "payload": payload, "signatures": [{"sig": "eA=="}]}


@pytest.mark.parametrize(
    "wrap",
    [
        envelope,
        lambda found: envelope(found, base64.urlsafe_b64encode),
        lambda found: envelope(found, lambda data: base64.b64encode(data).rstrip(b"=")),
        lambda found: {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "dsseEnvelope": envelope(found)},
    ],
    ids=["standard", "url-safe", "unpadded", "bundle"],
)
def test_an_envelope_is_opened_and_its_signature_left_to_others(
    home: Path, wrap: Callable[[Statement], Statement]
) -> None:
    found = made(home)
    found["subject"][0]["name"] = "?>~" * 9  # a name says nothing; here it needs the last two signs of base64
    stored(home, wrap(found))
    done = verify(home)
    assert done.returncode == 0
    assert done.stderr.decode() == (
        "readiness: the envelope's signature is not checked here: `cosign verify-attestation` does that\n"
    )


def test_what_cosign_makes_of_the_predicate_is_true_too(home: Path) -> None:
    """It writes an older statement, whose only subject is the image."""
    found = made(home)
    image = {"name": "registry.example/m", "digest": {"sha256": DIGEST}}
    stored(home, envelope({**found, "_type": "https://in-toto.io/Statement/v0.1", "subject": [image]}))
    assert verify(home).returncode == 0


def test_another_version_of_the_tool_is_told_and_the_rest_compared(home: Path) -> None:
    found = made(home)
    found["predicate"]["tool"]["version"] = "9.0.0"
    found["predicate"]["assessments"][0]["report"]["digest"] = "sha256:another"
    found["predicate"]["added_later"] = True
    stored(home, found)
    done = verify(home)
    assert done.returncode == 0
    assert done.stderr.decode().startswith("readiness: the statement was made by readiness 9.0.0, and this is ")
    found["predicate"]["assessments"][0]["verdict"]["ready"] = True
    stored(home, found)
    assert said(verify(home))[1:] == ["  own@1.0.0, verdict, ready: the statement says yes, and it is no"]


# --------------------------------------------------------------------------- not true


def put(*way: str | int, value: object) -> Callable[[Statement], None]:
    def change(found: Statement) -> None:
        at: Any = found
        for key in way[:-1]:
            at = at[key]
        at[way[-1]] = value

    return change


FIRST = ("predicate", "assessments", 0)
OTHER = [{"name": "m", "digest": {"sha256": "0" * 64}}]
WAIVED = [{"control": "watched", "expires": "2027-01-01"}]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (put(*FIRST, "verdict", "ready", value=True),
         "own@1.0.0, verdict, ready: the statement says yes, and it is no"),
        (put(*FIRST, "verdict", "ready", value=0), "own@1.0.0, verdict, ready: the statement says 0, and it is no"),
        (put(*FIRST, "verdict", "stage", value="scale"),
         "own@1.0.0, verdict, stage: the statement says `scale`, and it is `pilot`"),
        (put(*FIRST, "score", "band", value="Good"),
         "own@1.0.0, score, band: the statement says `Good`, and it is nothing"),
        (put(*FIRST, "dimensions", 0, "earned", value=10),
         "own@1.0.0, dimensions, monitoring, earned: the statement says 10, and it is 6"),
        (put(*FIRST, "dimensions", value=[]), "own@1.0.0, dimensions, monitoring: the statement does not name it"),
        (put(*FIRST, "open_blockers", value=["named"]),
         "own@1.0.0, open blockers, named: only the statement names it"),
        (put(*FIRST, "waivers", value=WAIVED),
         "own@1.0.0, waivers, watched until 2027-01-01: only the statement names it"),
        (put(*FIRST, "approved", value=True), "own@1.0.0, approved: readiness says nothing of the kind"),
        (put(*FIRST, "counts", value={}), "own@1.0.0, counts, met: the statement lacks it"),
        (put(*FIRST, "counts", value=3), "own@1.0.0, counts: the statement says 3, and it is something with fields"),
        (put(*FIRST, "target", value="gold"), "own@1.0.0, target: the statement says `gold`, and it is `production`"),
        (put("predicate", "project", "name", value="\x1b[2J"),
         "project, name: the statement says `\\x1b[2J`, and it is `small`"),
        (put("predicate", "as_of", value="2026-11-23"), "own@1.0.0, report, digest: the statement says `sha256:"),
        (put("predicate", "repository", value=False), "own@1.0.0, verdict, stage: the statement says `pilot`, and it"),
        (put("subject", value=OTHER),
         f"subject: it is about `sha256:{'0' * 64}`, and the description names gitCommit:{COMMIT} and "
         f"sha256:{DIGEST}"),
    ],
)  # fmt: skip
def test_what_differs_is_named_in_words(home: Path, change: Callable[[Statement], None], line: str) -> None:
    found = made(home)
    change(found)
    stored(home, found)
    done = verify(home)
    assert done.returncode == 1, done.stderr
    assert re.fullmatch(r"st\.json is not true: \d+ things? differs?\.", said(done)[0])
    assert any(entry.startswith(f"  {line}") for entry in said(done)), done.stdout.decode()
    assert "\x1b" not in done.stdout.decode()


def test_a_list_that_names_something_twice_is_not_true(home: Path) -> None:
    found = made(home)
    found["predicate"]["assessments"][0]["dimensions"] *= 2
    stored(home, found)
    assert said(verify(home))[1:] == ["  own@1.0.0, dimensions: the statement names something twice"]


def test_a_project_that_changed_makes_it_untrue(home: Path) -> None:
    made(home)
    (home / "ops.md").write_text("")
    done = verify(home)
    assert done.returncode == 1
    assert "  own@1.0.0, verdict, stage: the statement says `pilot`, and it is `proof_of_concept`" in said(done)
    assert not any(line.startswith("  description") for line in said(done))


def test_a_checklist_that_changed_makes_it_untrue(home: Path) -> None:
    made(home)
    (home / "own.yaml").write_text(RULER.replace("Our own", "Our very own"))
    done = verify(home)
    assert done.returncode == 1
    assert said(done)[1].startswith("  own@1.0.0, checklist, digest: the statement says `sha256:")


# --------------------------------------------------------------------------- no statement


def text(found: object) -> bytes:
    return json.dumps(found).encode()


WRONG: list[tuple[Callable[[Statement], bytes], str]] = [
    (lambda s: b"", "the file is not JSON: Expecting value (line 1)"),
    (lambda s: b"\xff\xfe", "the file is not UTF-8: byte 0 cannot be read"),
    (lambda s: b"[]", "the file holds no statement"),
    (lambda s: b"[" * 100_000, "the file is not JSON that can be read"),
    (lambda s: text(s) * 2, "the file is not JSON: Extra data (line 1); give one statement alone"),
    (lambda s: text(s).replace(b'"as_of"', b'"as_of": "2026-01-01", "as_of"'), "`as_of` stands twice in one object"),
    (lambda s: text(s).replace(b'"repository": true', b'"repository": NaN'), "NaN is no number of JSON"),
    (lambda s: b" " * (10 << 20) + text(s), "the file has more than 10 MB"),
    (lambda s: text({**s, "_type": "x"}), "this is no in-toto statement: its `_type` is `x`"),
    (lambda s: text({**s, "_type": []}), "this is no in-toto statement: its `_type` is a list"),
    (lambda s: text({**s, "predicateType": "https://slsa.dev/provenance/v1"}),
     "this statement is of another type, `https://slsa.dev/provenance/v1`, and not `tag:readiness,2026:assessment/v1`"),
    (lambda s: text({**s, "predicate": []}), "`predicate` is missing or holds no fields"),
    (lambda s: text({**s, "predicate": {}}), "`repository` is missing or neither true nor false"),
    (lambda s: text({**s, "subject": []}), "`subject` is missing, empty or no list"),
    (lambda s: text({**s, "subject": [{"name": "x"}]}), "a subject has no digest"),
    (lambda s: text({**s, "subject": [{"digest": {"sha256": 1}}]}), "the digest `sha256` of a subject is no text"),
    (lambda s: text({**envelope(s), "payloadType": "text/plain"}),
     "the envelope holds `text/plain`, and not `application/vnd.in-toto+json`"),
    (lambda s: text({**envelope(s), "payload": "é"}), "the envelope's payload is not base64"),
    (lambda s: text({**envelope(s), "payload": "a"}), "the envelope's payload is not base64"),
    (lambda s: text({**envelope(s), "payload": 7}), "the envelope's payload is not base64"),
    (lambda s: text({**envelope(s), "payload": "e30="}), "this is no in-toto statement: its `_type` is nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "message"), WRONG, ids=[message[:50] for _, message in WRONG])
def test_what_is_no_statement_is_bad_input(home: Path, wrong: Callable[[Statement], bytes], message: str) -> None:
    data = wrong(made(home))
    (home / "st.json").write_bytes(data)
    done = verify(home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"st.json: error: {message}\n  help: `readiness assess -f in-toto` writes one\n" in done.stderr.decode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("predicate", "as_of", value="tomorrow"), "`as_of` is `tomorrow`, which is no day"),
        (put("predicate", "as_of", value=[]), "`as_of` is missing or no text"),
        (put("predicate", "tool", value={}), "`version` is missing or no text"),
        (put("predicate", "accepted_proof", value="hope"), "`accepted_proof` is `hope`, and not one of claimed, "),
        (put("predicate", "accepted_proof", value=[]), "`accepted_proof` is a list, and not one of claimed, "),
        (put("predicate", "assessments", value=[]), "`assessments` is missing, empty or no list"),
        (put(*FIRST, value=None), "`checklist` is missing or holds no fields"),
        (put(*FIRST, "checklist", "version", value=None), "`version` is missing or no text"),
        (put(*FIRST, "checklist", "id", value="../own"), "`../own@1.0.0` is no checklist with its version"),
        (put(*FIRST, "target", value=3), "`target` is no text"),
        (lambda s: s["predicate"]["assessments"].extend(s["predicate"]["assessments"]), "`own@1.0.0` judges twice"),
    ],
)
def test_a_statement_that_cannot_be_recomputed_is_bad_input(
    home: Path, change: Callable[[Statement], None], message: str
) -> None:
    found = made(home)
    change(found)
    stored(home, found)
    done = verify(home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"st.json: error: {message}")


def test_a_checklist_that_cannot_be_found_is_bad_input(home: Path) -> None:
    made(home, *SHELF, "--checklist", "house")
    done = verify(home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "house" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--checklist", "shelf/house/1.0.0.yaml"),
         "readiness: --checklist shelf/house/1.0.0.yaml is house@1.0.0, and not in the statement"),
        (("--checklist", "gone.yaml"), "gone.yaml: error: "),
        (("gone.yaml",), "gone.yaml: error: "),
        (("--root", "gone"), "readiness: --root gone: there is no such folder"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(home: Path, arguments: tuple[str, ...], message: str) -> None:
    made(home)
    done = verify(home, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(message)


@pytest.mark.parametrize("name", ["gone.json", "shelf"])
def test_a_statement_that_cannot_be_read_is_bad_input(home: Path, name: str) -> None:
    done = quick("verify", name, cwd=home)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"{name}: error: the statement cannot be read: ")


# --------------------------------------------------------------------------- writing one


def test_a_description_that_names_no_artifact_gives_no_statement_and_no_other_file(home: Path) -> None:
    (home / "project.yaml").write_text(PROJECT)
    done = quick("assess", "--as-of", "2026-11-22", "-o", "out.json", "-f", "in-toto", cwd=home)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[-2:] == [
        "project.yaml: error: an in-toto statement is about an artifact, and the description names none",
        "  help: state `project.model.digest` (`sha256:` and 64 hexadecimal digits), or `project.commit`, or both",
    ]
    assert not (home / "out.json").exists()
