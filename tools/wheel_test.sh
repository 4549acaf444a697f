#!/usr/bin/env bash
# Build wheel and sdist, install each into an empty venv outside the clone, and review the packaged
# example there, from another folder, with no clone in sight.
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
rm -rf dist
python -m hatchling build > /dev/null
wheel=$(ls dist/*-py3-none-any.whl)
size=$(stat -c %s "$wheel")
limit=$((25 * 1024 * 1024))
[ "$size" -le $limit ] || { echo "the wheel has $size bytes, more than $limit" >&2; exit 1; }

review() {
  (
    cd "$place"
    python -m venv "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check "$OLDPWD/$2"
    board=$("$1/bin/python" -c 'from chipward.resources import examples_dir; print(examples_dir() / "thermal-sdr")')
    case $board in "$place"/*) ;; *) echo "$1: the example is not the installed one: $board" >&2; exit 1 ;; esac
    "$1/bin/chipward" assess "$board/bom.csv" --profile "$board/profile-us.yaml" --on 2026-11-28 -o "$1.json" > /dev/null || [ $? -eq 1 ]
    test -s "$1.json"
  )
  echo "$1: installed and reviewed the example"
}

review wheel "$wheel"
review sdist "$(ls dist/*.tar.gz)"
cmp "$place/wheel.json" "$place/sdist.json"
echo "wheel of $size bytes; both gave the same review"
