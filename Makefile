# Bocal in two commands: `make run` shows it, `make test` proves it. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
WORKERS ?= $(shell nproc)
export V ?= .venv
unexport PYTHONDONTWRITEBYTECODE  # where it is set, every process would compile every module again
BIN := $(V)/bin
UV := $(BIN)/uv pip
SYNC := $(UV) sync --quiet --no-build --require-hashes --python $(BIN)/python
PYTEST := $(BIN)/pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder
OURSELVES := $(UV) install --quiet --offline --no-deps --python $(BIN)/python --editable .
COMPILE := $(UV) compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml

.PHONY: help install install-dev run test static style layers types migrations tests tests-postgres check \
        lock messages vendor clean

help:  ## list what can be asked
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# --- The environment ------------------------------------------------------------------------------

install: $(V)/.run  ## make the environment; afterwards .venv/bin/bocal is there
	@:

install-dev: $(V)/.dev  ## the same, with the tools of tests and developers
	@:

$(BIN)/uv: requirements/uv.txt
	@tools/make-venv "$(PYTHON)" "$(V)"
	@$(BIN)/pip install --quiet --no-input --only-binary :all: --require-hashes -r requirements/uv.txt 2>$(V)/pip.log \
		|| { cat $(V)/pip.log >&2; exit 1; }
	@touch $@

# Syncing takes away what a list does not name, so the stamp of the longer list goes with it.
$(V)/.run: requirements/run.txt pyproject.toml $(BIN)/uv
	@rm -f $(V)/.dev
	@$(SYNC) requirements/run.txt requirements/uv.txt
	@$(OURSELVES)
	@touch $@

$(V)/.dev: requirements/dev.txt pyproject.toml $(BIN)/uv
	@$(SYNC) requirements/dev.txt requirements/uv.txt
	@$(OURSELVES)
	@touch $(V)/.run $@

# --- Showing it -----------------------------------------------------------------------------------

run: $(V)/.run  ## show the demonstration on http://localhost:8000 (another port: make run PORT=8001)
	@$(BIN)/bocal demonstration
	@$(BIN)/bocal serve --port $(PORT)

# --- Proving it -----------------------------------------------------------------------------------

test: static tests tests-postgres  ## everything once, under five minutes

static: $(V)/.dev
	@$(MAKE) -j$(WORKERS) style layers types migrations

style: $(V)/.dev
	@echo "— format and lint"
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; exit 1; }
	@$(BIN)/ruff check --quiet .

layers: $(V)/.dev
	@echo "— import contracts"
	@$(BIN)/lint-imports --no-cache >$(V)/layers.log || { cat $(V)/layers.log; exit 1; }

types: $(V)/.dev
	@echo "— types"
	@BOCAL_DATA=$(V)/data $(BIN)/mypy --no-error-summary

migrations: $(V)/.dev
	@echo "— migrations"
	@BOCAL_DATA=$(V)/data $(BIN)/bocal makemigrations --check --dry-run -v1 >$(V)/migrations.log \
		|| { cat $(V)/migrations.log; exit 1; }

tests: $(V)/.dev
	@echo "— tests on SQLite"
	@CHROMIUM="$$(tools/find-chromium)" $(PYTEST) $(ARGS)

tests-postgres: $(V)/.dev
	@echo "— tests that touch the database, on PostgreSQL"
	@tools/with-postgres $(PYTEST) -m "database and not screen and not browser and not campaign" $(ARGS)

check: test  ## the test and the long campaigns, on both engines
	@echo "— thousands of draws for every reckoning"
	@$(PYTEST) --hypothesis-profile=campaign tests/craft
	@echo "— campaigns on SQLite"
	@CHROMIUM="$$(tools/find-chromium)" $(PYTEST) -m campaign $(ARGS)
	@echo "— screens on PostgreSQL"
	@tools/with-postgres $(PYTEST) -m "database and screen and not browser and not campaign" $(ARGS)
	@echo "— campaigns on PostgreSQL"
	@tools/with-postgres $(PYTEST) -m "campaign and database and not browser" $(ARGS)

# --- Maintenance ----------------------------------------------------------------------------------

lock: $(BIN)/uv  ## take newer versions of the dependencies into requirements/
	@$(COMPILE) -o requirements/run.txt
	@$(COMPILE) --group dev -c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE:pyproject.toml=) --group installer -o requirements/uv.txt
	@$(COMPILE:pyproject.toml=) --group postgres -o requirements/postgres.txt

messages: $(V)/.dev  ## gather the sentences and compile the French catalogue (needs gettext)
	@tools/gather-messages

vendor:  ## bring in newer front-end libraries (needs Node)
	@frontend/vendor.sh

clean:  ## take away what was made; var/ (the data) stays
	@rm -rf $(V) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache test-results
