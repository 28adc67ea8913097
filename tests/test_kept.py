"""Detectors as the compiled shelf keeps them find what the conditions themselves find, however small the tree."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readiness import library, sieve
from readiness.condition import leaves
from readiness.keep import keep, shared
from readiness.kept import Pieces
from readiness.literals import Literal, needed
from readiness.loaders.detector import read_detector
from readiness.model import Condition
from readiness.patterns import Guarded, _compiled
from readiness.repository import MemoryRepository, Repository
from readiness.scan import find_in, find_kept, scan, scan_kept

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/project.yaml"))
SMALL: dict[str, Any] = {
    "text": {"text": {"files": "**/*.tf", "matches": r"^\s*resource\s"}},
    "data": {"data": {"files": "**/*.{yaml,yml,json}", "at": "**.readinessProbe"}},
    "python": {"python": {"calls": "mlflow.*log_metric*"}},
    "tests": {"python": {"tests": True, "function": {"name": "^test", "any": [{"asserts": "."}]}}},
    "except": {"text": {"files": "ops/**", "except": "ops/old/**", "matches": "(?i)on[- ]?call"}},
    "bare": {"text": {"files": "**/*.env", "matches": "^[A-Z]="}},
    "prose": {"text": {"files": "**", "matches": "drift"}},
    "named": {"text": {"files": "**/*.md", "matches": "drift"}},
    "section": {"file": {"files": "README.md", "section": "(?i)^licen[cs]e", "words": 2}},
    "within": {"within": {"files": "**/*.tf", "all": [{"text": {"matches": "alpha"}}, {"text": {"matches": "beta"}}]}},
    "without": {"all": [{"file": {"files": "LICENSE"}}, {"not": {"file": {"files": "NOTICE"}}}]},
}
FILES = {
    "LICENSE": "Apache",
    "README.md": "# It\n\n## License\n\nAsk us first, then use it.\n\ndrift\n",
    "a.tf": 'resource "x" {\n alpha\n}\n',
    "b.tf": "beta alpha\n",
    "k.yaml": "spec:\n  readinessProbe: {a: 1}\n",
    "m.py": "import mlflow\nmlflow.log_metrics({})\n",
    "tests/test_m.py": "def test_a():\n    assert x == 1\n",
    "ops/a.txt": "who is ON-CALL\n",
    "ops/old/a.txt": "who is on call\n",
    "x.env": "A=b\n",
    "prompts/a.md": "drift\n",
    "AGENTS.md": "drift\n",
    "code.js": "drift\n",
    "long.tf": "x" * 1998 + " resource y\n",
}


def conditions(detectors: dict[str, Any]) -> dict[str, Condition]:
    return {name: read_detector(data)[0] for name, data in detectors.items()}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Condition]:
    """The shipped detectors as their YAML files have them."""
    found = {}
    for path in sorted((library.shelf() / "practices").glob("*/*.yaml")):
        data = library.load(path, path.name).data
        if "detect" in data:
            found[path.stem] = read_detector(data["detect"])[0]
    return found


@pytest.mark.parametrize("every", [False, True])
def test_kept_detectors_find_the_same_in_small_trees(every: bool) -> None:
    own = conditions(SMALL)
    kept = keep(own)
    for left_out in ("", *FILES):
        repository = MemoryRepository({path: text for path, text in FILES.items() if path != left_out})
        assert scan_kept(repository, kept, own, every=every) == scan(repository, own)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)
def test_kept_detectors_find_the_same_in_the_examples(folder: Path, shipped: dict[str, Condition]) -> None:
    repository = Repository(folder)
    found = scan(repository, shipped)
    assert scan_kept(repository, library.detectors(), shipped) == found
    assert scan_kept(repository, library.detectors(), shipped, every=True) == found


def test_kept_detectors_find_the_same_in_named_files() -> None:
    own = conditions(SMALL)
    kept, repository = keep(own), MemoryRepository(FILES)
    for name, condition in own.items():
        for path in FILES:
            assert find_kept(repository, kept, name, [path]) == find_in(repository, condition, [path])


@pytest.mark.parametrize("limit", ["MAX_FILES", "MAX_BYTES"])
def test_a_larger_tree_is_asked_everything(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = conditions(SMALL)
    kept, repository = keep(own), MemoryRepository(FILES)
    found = scan_kept(repository, kept, own)
    monkeypatch.setattr(sieve, limit, 3)
    assert kept.sieve.possible(repository, repository.files) is None
    assert scan_kept(repository, kept, own) == found


def test_only_what_a_tree_may_fulfil_is_loaded() -> None:
    own = conditions(SMALL)
    kept = keep(own)
    loaded = kept.load(own, MemoryRepository({"a.tf": "resource x"}), ["a.tf"], every=False)
    assert list(loaded.conditions) == ["text"]
    assert len(loaded.probes) == 1


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("(?i)AUC", {("auc", False)}),
        ("=log_param", {("log_param", False)}),
        ("=a.bc(de", {("bc", True)}),
        (r"\bexpect\(", {("expect", True)}),
        (r"^\s*healthCheckPath\s*:", {("healthcheckpath", False)}),
        (r"\b(sync|cp)\b", {("sync", True), ("cp", True)}),
        (r"wrangler\s+deploy", {("wrangler", False)}),
        ("colou?r", {("color", False), ("colour", False)}),
        ("on[- ]?call", {("call", True), ("oncall", False)}),
        ("(?:foo|.)bar", {("bar", False)}),
        (r"\d+\.\d+", None),
        ("(?:abc)*", None),
        ("(abc|.)", None),
        ("x", None),
    ],
)
def test_what_a_pattern_needs(pattern: str, texts: set[tuple[str, bool]] | None) -> None:
    if pattern.startswith("on["):
        found = needed(pattern)
        assert found is not None
        assert all(any(re.search(each.text, text) for each in found) for text in ("oncall", "on-call", "on call"))
        return
    assert needed(pattern) == (None if texts is None else {Literal(*each) for each in texts})


def patterns() -> Iterator[str]:
    kept = library.detectors()
    repository = MemoryRepository({})
    loaded = kept.load(kept.leaves, repository, (), every=True)
    for worked in loaded.worked.values():
        trees = [worked.groups, *(leaves(worked.inner) if worked.inner else ())]
        yield from (p for groups in trees for group in groups or () for kind in group[2:] for p in kind)
        yield from worked.needs


def test_every_shipped_pattern_that_matches_an_example_finds_what_it_needs_there() -> None:
    texts = []
    for folder in EXAMPLES:
        texts += [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.stat().st_size < 20_000]
    checked = 0
    for pattern in sorted(set(patterns())):
        wanted = needed(pattern)
        if wanted is None:
            continue
        for text in texts:
            if _matches(pattern, text):
                lower = text.lower()
                words = set(re.findall(rb"[a-z0-9_]+", lower))
                assert any(each.text.encode() in (words if each.whole else lower) for each in wanted), pattern
                checked += 1
    assert checked > 100


def _matches(pattern: str, text: bytes) -> bool:
    return pattern[1:].encode() in text if pattern[0] == "=" else _compiled(pattern).search(text) is not None


def test_pieces_in_memory_and_in_a_file_are_the_same(tmp_path: Path) -> None:
    held = [b"first", b"", b"third", b"\0" * 10]
    memory = Pieces.of(held)
    path = tmp_path / "pieces"
    path.write_bytes(b"head" + memory.whole())
    file = Pieces.inside(path, b"head")
    assert Pieces.read(memory.whole()) == memory
    for numbers in ([0, 1, 2, 3], [3, 0], [1], []):
        expected = {number: held[number] for number in numbers}
        assert memory.some(numbers) == file.some(numbers) == expected
    for damaged in (path.read_bytes()[:-1], path.read_bytes() + b"x"):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match="not whole"):
            Pieces.inside(path, b"head")

    with pytest.raises(ValueError, match="another state"):
        Pieces.inside(path, b"tail")


def test_no_pieces_at_all(tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(Pieces.of(()).whole())
    assert Pieces.inside(tmp_path / "none", b"").some(()) == {}


def test_shared_values_are_equal_and_kept_in_less() -> None:
    texts = [b"".join([b"a", b"b"]) for _ in range(3)]
    value = (("x", tuple(texts)), frozenset(texts), {"k": (1, True, 1.0, None)}, (True, 1), "".join(["x", ""]))
    made = shared(value, {})
    assert made == value
    assert [type(each) for each in made[2]["k"]] == [int, bool, float, type(None)]
    assert [type(each) for each in made[3]] == [bool, int]
    assert len(pickle.dumps(made)) < len(pickle.dumps(value))


def test_a_guarded_pattern_finds_what_the_pattern_finds() -> None:
    """Over every pattern of the shipped detectors and every text that the needs of some pattern make."""
    kept = library.detectors()
    loaded = kept.load(kept.leaves, MemoryRepository({}), (), every=True)
    needs = {pattern: found for worked in loaded.worked.values() for pattern, found in worked.needs.items()}
    texts = sorted({text for found in needs.values() for text in found})
    sample = [b"", b" ".join(texts).upper(), *(b"x = %s(1)" % text for text in texts[::40])]
    assert len(needs) > 1000
    for pattern, found in sorted(needs.items())[::7]:
        guarded = Guarded(pattern, found)
        bare = _compiled(pattern)
        for text in sample:
            mine, theirs = guarded.search(text), bare.search(text)
            assert (mine and (mine.start(), mine.end())) == (theirs and (theirs.start(), theirs.end())), (pattern, text)
