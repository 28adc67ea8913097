"""The read-only view of a tree, hostile trees too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from readiness.globs import compile_glob, expand
from readiness.globset import Globs
from readiness.repository import Repository, own_file, shown


def make(root: Path, files: dict[str, str | bytes]) -> Repository:
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Repository(root)


def test_what_counts(tmp_path: Path) -> None:
    repository = make(
        tmp_path,
        {
            "a.py": "x", "src/b.py": "x", "node_modules/c.js": "x", "src/vendor/d.py": "x", ".venv/pyvenv.cfg": "x",
            "env/pyvenv.cfg": "", "env/x.py": "", "inner/.git/config": "x", "inner/a.py": "x", "x.min.js": "x",
            "build/lib/a.py": "x", "ci/build/build.sh": "x", "logo.png": b"x", ".git/config": "x", "p.egg-info/a": "x",
        },
    )  # fmt: skip
    assert repository.files == ("a.py", "ci/build/build.sh", "src/b.py")
    assert repository.skipped == {"binary": 1, "minified": 1, "nested": 1, "vendored": 6}


def test_gitignore(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            ".git/info/exclude": "local.txt\n",
            ".gitignore": "*.log\n!keep.log\n/out/\ndata/**/raw\n# note\n\\#odd\n[a-c].tmp\n",
            "x.log": "", "keep.log": "", "out/a": "", "sub/out/a": "", "data/1/raw/x": "", "data/1/ok": "", "#odd": "",
            "b.tmp": "", "d.tmp": "", "local.txt": "",
            "sub/.gitignore": "*.py\n!/a.py\nonly/\n", "sub/a.py": "", "sub/b.py": "",
            "sub/deep/a.py": "", "sub/only/x": "", "c.py": "",
        },
    )  # fmt: skip
    found = Repository(tmp_path).files
    assert found == (
        ".gitignore", "c.py", "d.tmp", "data/1/ok", "keep.log", "sub/.gitignore", "sub/a.py", "sub/out/a",
    )  # fmt: skip
    assert Repository(tmp_path / "sub").files == (".gitignore", "a.py", "out/a")


def test_without_git_nothing_is_ignored(tmp_path: Path) -> None:
    assert make(tmp_path, {".gitignore": "*", "a": ""}).files == (".gitignore", "a")


def test_links_never_leave_the_root(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    root = tmp_path / "root"
    make(root, {"a.txt": "a", "d/b.txt": "b", ".git/config": "secret"})
    os.symlink("../secret", root / "out.txt")
    os.symlink("a.txt", root / "in.txt")
    os.symlink("..", root / "d" / "loop")
    os.symlink("self", root / "self")
    os.symlink(tmp_path, root / "outside")
    os.symlink(".git/config", root / "config")
    repository = Repository(root)
    assert repository.files == ("a.txt", "d/b.txt", "in.txt")
    assert repository.skipped["outside"] == 3
    assert repository.read("in.txt") == b"a"
    for path in ("out.txt", "outside/secret", "config", "self", "../secret"):
        assert repository.read(path) == b""
        assert repository.resolve(path) == ()
    assert repository.resolve("outside") == repository.resolve("outside/*") == ()


def test_what_cannot_be_read(tmp_path: Path) -> None:
    repository = make(
        tmp_path, {"nul": b"a\0b", "big.txt": b"x" * (2 << 20), "n.ipynb": b"{}" + b" " * (2 << 20), "closed/a": "x"}
    )
    os.mkfifo(tmp_path / "pipe")
    with open(tmp_path / "sparse", "wb") as file:
        file.truncate(1 << 30)
    os.chmod(tmp_path / "closed", 0)
    try:
        assert "pipe" not in repository.files
        assert repository.read("nul") == repository.read("big.txt") == repository.read("sparse") == b""
        assert repository.read("pipe") == repository.read("no/such") == repository.read("a\0b") == b""
        assert len(repository.read("n.ipynb")) > 2 << 20
        assert repository.skipped["special"] == 1
        assert {"binary", "large"} <= set(repository.skipped)
    finally:
        os.chmod(tmp_path / "closed", 0o700)


def test_odd_names(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"\xff\xfe.py"), "w") as file:
        file.write("import a")
    (tmp_path / "new\nline.py").write_text("import a")
    repository = Repository(tmp_path)
    assert [repository.read(path) for path in repository.files] == [b"import a"] * 2
    assert [shown(path) for path in repository.files] == ["new\\nline.py", "\\xff\\xfe.py"]


def test_resolve(tmp_path: Path) -> None:
    repository = make(tmp_path, {"a/b.py": "", "a/c/d.md": "", "vendor/e.py": "", ".git/x": "", "f[1].md": ""})
    assert repository.resolve("a") == repository.resolve("./a/") == ("a/b.py", "a/c/d.md")
    assert repository.resolve("**/*.{py,md}") == ("a/b.py", "a/c/d.md", "f[1].md", "vendor/e.py")
    assert repository.resolve("f[1].md") == ("f[1].md",)
    for pattern in ("/etc/passwd", "../x", "a/../../x", ".git/x", "**/.git/*", "no", "a\0", "~/x"):
        assert repository.resolve(pattern) == (), pattern


def test_resolve_is_bounded(tmp_path: Path) -> None:
    for number in range(2100):
        (tmp_path / f"{number}.txt").touch()
    assert len(Repository(tmp_path).resolve("*.txt")) == 2000


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("*.py", ["a.py", ".py"], ["a/b.py"]),
        ("**/*.py", ["a.py", "a/b/c.py"], ["a.pyc"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        ("**/k8s/**/*.yaml", ["k8s/a.yaml", "x/k8s/y/a.yaml"], ["k8s.yaml"]),
        ("{a,b/{c,d}}.x", ["a.x", "b/c.x", "b/d.x"], ["b.x"]),
        ("[!a]?.x", ["bc.x"], ["ac.x", "b/.x"]),
        ("a{b}c", ["a{b}c"], ["abc"]),
        ("**/a[1", ["x/a[1"], ["a1"]),
        ("**", ["a", "a/b"], []),
        ("a/**/b/*", ["a/b/c", "a/x/y/b/c"], ["a/b/c/d", "b/c"]),
        ("Docker*", ["Dockerfile"], ["a/Dockerfile", "Doc"]),
        ("*compose*.y*ml", ["docker-compose.yaml", "compose.yml"], ["compose.json"]),
        ("x**.md", ["x.md", "xy.md"], ["x/y.md"]),
    ],
)
def test_globs(glob: str, yes: list[str], no: list[str]) -> None:
    many = Globs()
    number = many.add(glob)
    for path in yes + no:
        assert bool(compile_glob(glob).fullmatch(path)) == (number in many.match(path)) == (path in yes), path
    with pytest.raises(ValueError, match="alternatives"):
        expand("{a,b}" * 20)


@pytest.mark.parametrize(
    ("head", "own"),
    [
        (b"readiness: 1\nproject: {}", True), (b"# c\nreadiness: '1'\n", True),
        (b'{"schema": "readiness/report/v1"', True),
        (b"<!-- readiness-report -->", True), (b"id: x\nask: y\ndetect: {}\n", True), (b"readinessProbe: 1", False),
        (b"controls:\n  - {id: a}\nversion: '1'\n", True),
        (b"id: own\nversion: '1'\nextends: core@1.0.0\nadd:\n  - {id: a, because: b}\n", True),
        (b"extends: base.yaml\nversion: '3'\nservices: {}\n", False), (b"task:\n  x\n", False),
        (b'{"readiness": 1, "project": {}}', True), (b'{\n  "readiness": 1\n}', True), (b'{"readiness": 0.9}', False),
        (b"a:\n  readiness: 1\n", False), (b"", False),
    ],
)  # fmt: skip
def test_own_files(head: bytes, own: bool) -> None:
    assert own_file(head) is own
