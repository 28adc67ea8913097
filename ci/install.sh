#!/usr/bin/env bash
# Install readiness from the checkout around this file into an environment of its own, and put it on the path.
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/readiness-environment"
"${PYTHON:-python3}" -m venv "$place"
"$place/bin/python" -m pip install --quiet --disable-pip-version-check -c "$source_folder/constraints.txt" "$source_folder"
if [ -n "${GITHUB_PATH:-}" ]; then
  echo "$place/bin" >> "$GITHUB_PATH"
else
  echo "readiness is in $place/bin"
fi
