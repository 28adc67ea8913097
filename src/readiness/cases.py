"""Running a detector's cases: small file trees in memory, each with what the detector must say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from readiness.loaders.detector import read_detector
from readiness.probes import Hit
from readiness.repository import MemoryRepository
from readiness.scan import scan
from readiness.tuples import NamedTuple


class CaseResult(NamedTuple):
    """One case: whether the practice should be present, why, and what was found."""

    number: int
    present: bool
    why: str
    hits: tuple[Hit, ...]

    @property
    def passed(self) -> bool:
        """Whether the detector says what the case says."""
        return bool(self.hits) == self.present

    @property
    def message(self) -> str:
        """What is wrong with a case that fails."""
        if self.present:
            return f"case {self.number} (present: {self.why}): nothing was found"
        seen = "; ".join(f"{hit.path}:{hit.line}: {hit.detail}" for hit in self.hits)
        return f"case {self.number} (absent: {self.why}): found {seen}"


def run_cases(practice: Mapping[str, Any]) -> tuple[CaseResult, ...]:
    """Runs the `cases` of a practice (plain data, as from its YAML file) against its `detect`.

    Raises ValueError, with every fault, where `detect` or a case cannot be read.
    """
    detector, faults = read_detector(practice.get("detect"))
    messages = [f"detect{_dotted(place)}: {message}" for place, message in faults]
    cases = practice.get("cases") or []
    read = [_read(index, case, messages) for index, case in enumerate(cases)]
    if messages:
        raise ValueError("\n".join(messages))
    return tuple(
        CaseResult(index + 1, present, why, scan(MemoryRepository(files), {"": detector}).get("", ()))
        for index, (present, why, files) in enumerate(read)
    )


def _read(index: int, case: Any, faults: list[str]) -> tuple[bool, str, dict[str, str]]:
    words = [word for word in ("present", "absent") if isinstance(case, Mapping) and word in case]
    files = case.get("files") if isinstance(case, Mapping) else None
    if len(words) != 1 or not isinstance(files, Mapping) or not all(isinstance(v, str) for v in files.values()):
        faults.append(f"cases[{index}]: needs `present` or `absent` with a reason, and `files`: path to content")
        return True, "", {}
    return words[0] == "present", str(case[words[0]]), {str(path): str(text) for path, text in files.items()}


def _dotted(place: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
