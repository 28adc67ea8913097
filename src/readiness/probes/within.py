"""The `within` probe: a condition over other probes that one single file must fulfil."""

from __future__ import annotations

from readiness.model import Condition
from readiness.probes.base import Scope
from readiness.tuples import NamedTuple


class WithinProbe(NamedTuple):
    """The probes of `body` are asked of one file at a time; they have no files of their own."""

    scope: Scope
    body: Condition
