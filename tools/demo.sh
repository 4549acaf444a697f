#!/usr/bin/env bash
# Review the example board for two buyers, before and after a suspension ends, into out/.
# Needs no network. Exit code 1 of chipward means findings, which is what a demonstration is for.
set -euo pipefail
cd "$(dirname "$0")/.."
board=examples/thermal-sdr
before=2026-11-24
after=2026-11-28
mkdir -p out

review() { # buyer, day, ending, further options
  chipward assess "$board/bom.csv" --profile "$board/profile-$1.yaml" --on "$2" \
    -o "out/$1-$2.$3" "${@:4}" || [ $? -eq 1 ]
}

for buyer in us cn; do
  review $buyer $before json
  review $buyer $before html
  review $buyer $after json --against "out/$buyer-$before.json"
  review $buyer $after html --against "out/$buyer-$before.json"
  printf '\nBuyer %s, from %s to %s:\n' "${buyer^^}" $before $after
  python - "out/$buyer-$after.json" << 'PY'
import json, sys, textwrap
from chipward.report.words import Words
with open(sys.argv[1], encoding="utf-8") as stream:
    changes = json.load(stream)["changes"]
for sentence in Words("en").messages(changes):
    print(textwrap.fill(sentence, 96, initial_indent="  - ", subsequent_indent="    "))
PY
done
printf '\nThe reports, to open in a browser:\n'
printf '  %s\n' "$PWD"/out/*.html
