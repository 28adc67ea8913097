"""A build hook: the practices and checklists are compiled into the wheel, so that no run parses
YAML that never changes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileShelf(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `readiness/_compiled/` to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the shelf into a folder of the build, unless the install only links to the source."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from readiness.library import BUILT_IN, compile_shelf, stamped

        folder = root / "build" / "compiled"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in compile_shelf(root / "checklists").items():
            (folder / name).write_bytes(stamped(text, BUILT_IN))
        build_data["force_include"][str(folder)] = "readiness/_compiled"
