#!/usr/bin/env bash
# Run `readiness assess` with options from the environment, as a CI job sets them, and leave every report behind. It
# exits as the assessment does: 0 done or passed, 1 gate not passed, 2 bad input.
set -euo pipefail

folder="${READINESS_REPORTS:-readiness-reports}"
mkdir -p "$folder"
arguments=("${READINESS_PROJECT:-project.yaml}")

# Each line of a value is an option of its own.
several() {
  local line
  while IFS= read -r line; do
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    if [ -n "$line" ]; then arguments+=("$1" "$line"); fi
  done <<< "$2"
}
several --checklist "${READINESS_CHECKLIST:-}"
several --checklists "${READINESS_FOLDERS:-}"
several --target "${READINESS_TARGET:-}"
several --mode "${READINESS_MODE:-}"
several --fail-on "${READINESS_FAIL_ON:-}"
several --fail-under "${READINESS_FAIL_UNDER:-}"
several --baseline "${READINESS_BASELINE:-}"
several --root "${READINESS_ROOT:-}"
several --as-of "${READINESS_AS_OF:-}"
unset READINESS_CHECKLIST READINESS_FOLDERS READINESS_TARGET READINESS_MODE READINESS_FAIL_ON

for report in json=readiness.json markdown=readiness.md html=readiness.html sarif=readiness.sarif \
  junit=readiness-junit.xml gitlab=readiness-codequality.json csv=readiness.csv; do
  arguments+=(-o "${report%%=*}=$folder/${report#*=}")
done
if [ "${READINESS_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  arguments+=(-o "github-summary=$folder/summary.md")
fi
format=terminal
if [ -n "${GITHUB_ACTIONS:-}" ] && [ "${READINESS_ANNOTATIONS:-true}" = true ]; then format=github; fi

rm -f "$folder/summary.md" "$folder/readiness.sarif"
code=0
readiness assess "${arguments[@]}" -f "$format" || code=$?

if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$folder/summary.md" ]; then
  cat "$folder/summary.md" >> "$GITHUB_STEP_SUMMARY"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  {
    echo "passed=$([ "$code" -eq 0 ] && echo true || echo false)"
    echo "reports=$folder"
    if [ -f "$folder/readiness.sarif" ]; then echo "sarif=$folder/readiness.sarif"; fi
  } >> "$GITHUB_OUTPUT"
fi
exit "$code"
