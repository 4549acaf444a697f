# Every target does its own set-up: python3 (3.11 or newer) with pip, make and git are enough.
#   make demo       review the example board for two buyers on two days, into out/
#   make test       linters, types, docs, tests
#   make test-all   the same with the slow matrix
#   make docs       regenerate the generated pages and build the site into site/
#   make bench      print the benchmarks of docs/benchmarks.md
#   make wheel-test build wheel and sdist, install each into an empty venv elsewhere, review there
#   make lock       resolve again and rewrite requirements*.lock (needs uv)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV ?= uv

.DEFAULT_GOAL := demo
.PHONY: demo test test-all check docs bench wheel-test lock clean
export PYTHONUTF8 = 1
export NO_MKDOCS_2_WARNING = 1

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "chipward needs Python 3.11 or newer; set PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash tools/demo.sh

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	$(BIN)/python -m mkdocs build --strict --quiet

test: check
	$(BIN)/python -m pytest

test-all: check
	$(BIN)/python -m pytest -m "slow or not slow"

docs: $(READY)
	$(BIN)/python tools/pages.py
	$(BIN)/python -m mkdocs build --strict --quiet

bench: $(READY)
	$(BIN)/python bench/run.py

wheel-test: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash tools/wheel_test.sh

lock:
	$(UV) lock --upgrade --quiet
	$(UV) export --quiet --frozen --format requirements-txt --no-header --no-emit-project --no-dev -o requirements.lock
	$(UV) export --quiet --frozen --format requirements-txt --no-header --no-emit-project --all-groups -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist site out .pytest_cache .ruff_cache
