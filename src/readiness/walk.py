"""Walking a tree: which files count, and why the others do not."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from readiness.globs import Glob
from readiness.ignore import Ignore
from readiness.lazy import Lazy

VENDORED = frozenset(
    "node_modules bower_components third_party third-party thirdparty vendor vendored site-packages dist-packages "
    ".venv venv virtualenv dist target __pycache__ .tox .nox .eggs .terraform .next .nuxt .svelte-kit "
    "coverage htmlcov .mypy_cache .pytest_cache .ruff_cache .ipynb_checkpoints .gradle .serverless "
    ".aws-sam cdk.out .turbo .parcel-cache .yarn .pnpm-store Pods".split()
)
"""Folders that hold other people's code, or output."""
GIT_FOLDERS = frozenset({".git", ".hg", ".svn"})
BUILD_OUTPUT = frozenset(
    "lib libs classes generated intermediates kotlin reports tmp outputs static assets index.html asset-manifest.json "
    "CMakeCache.txt CMakeFiles Release Debug bin obj html doctrees".split()
)
"""What a `build` folder holds when it is output."""
BUILD_SOURCE = Lazy(r"(?i).*\.(py|sh|ya?ml|tf|md|mk|groovy|ps1)|dockerfile.*|makefile|jenkinsfile")
"""What it holds when people wrote it."""
BINARY_ENDINGS = frozenset(
    "png jpg jpeg gif bmp ico icns webp tif tiff psd mp3 mp4 wav ogg flac avi mov mkv webm zip gz bz2 xz zst 7z rar "
    "tar tgz jar war whl egg class pyc pyo so dll dylib exe o a lib bin pdf doc docx xls xlsx ppt pptx ttf otf woff "
    "woff2 eot pkl pickle joblib npy npz pt pth ckpt safetensors onnx h5 hdf5 pb tflite parquet feather arrow avro orc "
    "db sqlite sqlite3 mdb dat rds rda mat keras caffemodel gguf model dcm nii wasm node swf".split()
)
"""Endings whose files are never text worth reading; counted as binary without opening them."""
MINIFIED = Lazy(r".*(\.min\.(js|css|mjs|cjs)|[.-]bundle\.js|\.(js|css)\.map|\.chunk\.(js|css))")
MAX_VISITED = 500_000
"""How many entries `below` looks at before it gives up."""


def inside(target: str, root: str) -> bool:
    """Whether a resolved path lies in the resolved root, and not in a `.git` folder there."""
    if target != root and not target.startswith(root.rstrip("/") + "/"):
        return False
    return ".git" not in target[len(root) :].split("/")


def folder_reason(name: str, children: Collection[str]) -> str | None:
    """Why a folder is left out: `vendored` or `nested`; None where it counts."""
    if name in VENDORED or name.endswith(".egg-info") or "pyvenv.cfg" in children:
        return "vendored"
    if name == "build" and _is_output(children):
        return "vendored"
    return "nested" if ".git" in children else None


def _is_output(children: Collection[str]) -> bool:
    if any(BUILD_SOURCE.fullmatch(child) for child in children):
        return False
    return any(c in BUILD_OUTPUT or c.startswith(("bdist.", "temp.", "lib.")) for c in children)


def file_reason(name: str) -> str | None:
    """Why a file is left out by its name alone."""
    ending = name.rpartition(".")[2] if "." in name else ""
    if ending in BINARY_ENDINGS or ending.lower() in BINARY_ENDINGS:
        return "binary"
    return "minified" if ending in ("js", "css", "mjs", "cjs", "map") and MINIFIED.fullmatch(name) else None


def left_out(path: str, names: Mapping[str, Collection[str]]) -> str | None:
    """Why a path of a tree is left out, given the names in each of its folders."""
    parts = path.split("/")
    for depth in range(1, len(parts)):
        if parts[depth - 1] in GIT_FOLDERS:
            return "ignored"
        reason = folder_reason(parts[depth - 1], names.get("/".join(parts[:depth]), ()))
        if reason:
            return reason
    return file_reason(parts[-1])


def list_files(root: str, exclude: Collection[str]) -> tuple[list[str], Mapping[str, int]]:
    """The files below the root that count, and how many entries do not, by reason."""
    found: list[str] = []
    skipped: Counter[str] = Counter()
    waiting: list[tuple[str, Ignore | None]] = [("", Ignore.above(root))]
    while waiting:
        folder, ignore = waiting.pop()
        entries = _entries(f"{root}/{folder}" if folder else root)
        if entries is None:
            skipped["unreadable"] += 1
            continue
        names = {entry.name for entry in entries}
        reason = folder_reason(folder.rpartition("/")[2], names) if folder else None
        if reason:
            skipped[reason] += 1
            continue
        if ignore:
            ignore = ignore.entering(folder, names, root)
        prefix = f"{folder}/" if folder else ""
        for entry in entries:
            name = entry.name
            path = prefix + name
            kind = _kind(entry, root)
            if kind == "folder":
                if name in GIT_FOLDERS:
                    continue
                if name in VENDORED:
                    skipped["vendored"] += 1
                elif ignore and ignore.ignores(path, name, True):
                    skipped["ignored"] += 1
                else:
                    waiting.append((path, ignore))
            elif kind != "file":
                skipped[kind] += 1
            elif ignore and ignore.ignores(path, name, False):
                skipped["ignored"] += 1
            elif reason := file_reason(name):
                skipped[reason] += 1
            elif path not in exclude:
                found.append(path)
    return found, skipped


def _entries(folder: str) -> list[os.DirEntry[str]] | None:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return None


def _kind(entry: os.DirEntry[str], root: str) -> str:
    """`file`, `folder`, or why the entry is neither: `outside`, `linked`, `special`, `unreadable`."""
    try:
        if entry.is_file(follow_symlinks=False):
            return "file"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        if not entry.is_symlink():
            return "special"
        target = os.path.realpath(entry.path)
        if not inside(target, root):
            return "outside"
        if os.path.isfile(target):
            return "file"
        return "linked" if os.path.isdir(target) else "unreadable"
    except (OSError, ValueError):
        return "unreadable"


def below(root: str, folder: str, glob: Glob | None, limit: int) -> Iterator[str]:
    """The files below a folder of the root that match the glob, sorted folder by folder; neither
    `.git` nor links that leave the root."""
    waiting = [folder]
    count = visited = 0
    while waiting and visited < MAX_VISITED:
        here = waiting.pop()
        entries = _entries(f"{root}/{here}" if here else root) or []
        visited += len(entries) + 1
        folders = []
        for entry in sorted(entries, key=lambda e: e.name):
            path = f"{here}/{entry.name}" if here else entry.name
            kind = _kind(entry, root)
            if kind == "folder" and entry.name not in GIT_FOLDERS:
                folders.append(path)
            elif kind == "file" and (glob is None or glob.fullmatch(path)):
                yield path
                count += 1
                if count >= limit:
                    return
        waiting.extend(reversed(folders))
