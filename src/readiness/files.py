"""Writing a file whole or not at all, and reading the pickles that this tool keeps beside its code."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

try:
    from _pickle import loads  # the module `pickle` around it takes longer to load than all that is kept in one
except ImportError:
    from pickle import loads

__all__ = ["loads", "write_whole"]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it holds its old content or the whole new one, at every moment.

    The bytes go to a new file in the same folder, which then takes the place of the old one. A
    device or pipe, such as /dev/stdout, is written to as it is. Raises OSError.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with open(target, "wb") as stream:
            stream.write(data)
        return
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    """The process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
