"""Regular expressions that are compiled when they are first used: most runs use few of them, and
compiling all of them takes longer than assessing a project."""

from __future__ import annotations

import re
from typing import Any


class Lazy:
    """Stands for `re.compile(pattern, flags)`, with all its methods; each is kept when it is first used."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags
        self._made: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = re.compile(self._pattern, self._flags)
        method = self.__dict__[name] = getattr(self._made, name)
        return method
