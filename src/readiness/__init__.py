"""readiness: how far an AI project is from production, and what is only claimed.

from readiness import assess

assessment = assess("project.yaml")
print(assessment.verdict.stage, assessment.score.proven)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from readiness.errors import InputError
    from readiness.model import Assessment
    from readiness.pipeline import assess

__version__ = "0.1.0"
__all__ = ["Assessment", "InputError", "__version__", "assess"]

_HOMES = {"assess": "readiness.pipeline", "Assessment": "readiness.model", "InputError": "readiness.errors"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
