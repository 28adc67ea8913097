"""Makes `helpers` importable from every folder of tests, and sets how examples are drawn."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# A run in CI must not depend on luck: the same examples each time. At the desk they are drawn anew.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
