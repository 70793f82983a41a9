# Bocal in two commands: `make run` shows it, `make test` proves it. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
V ?= .venv
BIN := $(V)/bin
UV := $(BIN)/uv pip
SYNC := $(UV) sync --quiet --no-build --require-hashes --python $(BIN)/python

.PHONY: help install install-dev run test check lock clean

help:  ## list what can be asked
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# --- The environment --------------------------------------------------------------------------

install: $(V)/.run  ## make the environment: afterwards .venv/bin/bocal is there

install-dev: $(V)/.dev  ## the same with the tools that tests and developers need

$(BIN)/uv: requirements/uv.txt
	@tools/make-venv "$(PYTHON)" "$(V)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/uv.txt
	@touch $@

# Syncing takes away what a list does not name, hence the stamp of the longer list goes too.
$(V)/.run: requirements/run.txt pyproject.toml | $(BIN)/uv
	@rm -f $(V)/.dev
	@$(SYNC) requirements/run.txt requirements/uv.txt
	@$(UV) install --quiet --offline --no-deps --python $(BIN)/python --editable .
	@touch $@

$(V)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/uv
	@$(SYNC) requirements/dev.txt requirements/uv.txt
	@$(UV) install --quiet --offline --no-deps --python $(BIN)/python --editable .
	@touch $(V)/.run $@
