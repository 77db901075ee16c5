# Two commands for newcomers: `make demo` and `make test`. `make check` is for daily work.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SERVE ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types layers format lock clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

KERNEL := hatch_build.py $(wildcard src/finemesh/matching/native/*)

$(BIN)/finemesh: requirements.lock pyproject.toml tools/preflight.sh $(KERNEL)
	@PYTHON=$(PYTHON) sh tools/preflight.sh
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(BIN)/.dev: $(BIN)/finemesh requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(BIN)/finemesh ## Build the example case, verify its evidence and serve it (SERVE=0: print and exit)
	$(BIN)/finemesh demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(BIN)/.dev ## Run the whole test suite
	@PYTHON=$(BIN)/python sh tools/browser.sh
	$(BIN)/python -m pytest -n auto

check: $(BIN)/.dev lint types layers ## Lint, types, layers and the fast tests
	$(BIN)/python -m pytest -n auto -m "not slow and not browser and not real"

lint: $(BIN)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BIN)/.dev
	$(BIN)/mypy

layers: $(BIN)/.dev
	$(BIN)/lint-imports

format: $(BIN)/.dev ## Put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(BIN)/.dev ## Pin every dependency anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --group dev pyproject.toml -o requirements-dev.lock

clean: ## Take away what was made
	rm -rf $(VENV) demo-case dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
