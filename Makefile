# Everything a person or a build server does here. `make` alone lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check lint types contracts definitions messages pseudo format bench shots lock packages clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
# The stamps carry the checksum of their lock: unchanged requirements start at once, changed ones install.
RUN := $(VENV)/.run-$(shell cat requirements.txt pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
DEV := $(VENV)/.dev-$(shell cat requirements-dev.txt pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
COMPILE := $(VENV)/lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-strip-extras --no-emit-index-url --custom-compile-command 'make lock'
WORKERS ?= 2

help:  ## Show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: export INTAKE_DEMONSTRATION := yes
run: $(RUN)  ## Serve on http://127.0.0.1:8000 with demonstration cases
	@$(BIN)/intake init
	@$(BIN)/intake demo
	@echo "  fresh codes    $(BIN)/intake demo"
	@echo "  the form       http://127.0.0.1:8000/  (Ctrl-C ends it)"
	@$(BIN)/intake run

test: check packages  ## Every check and every test, on SQLite, PostgreSQL and Chromium
	$(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal --cov --cov-report=
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --fail-under=100 --include='intake/rules.py,intake/questionnaires/*,intake/routing/*,intake/triage/*,intake/links.py,intake/origin.py,intake/joining.py,intake/overdue.py,intake/audit/*,intake/agreement.py,intake/catalogs.py,intake/translating/*'

check: lint types contracts definitions  ## Lint, types, architecture and definitions

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV)
	$(BIN)/mypy

contracts: $(DEV)
	$(BIN)/lint-imports --no-logo

definitions: $(DEV)
	$(BIN)/intake check

messages: $(DEV)  ## Bring every catalog in line with what the service uses and with the Swedish
	@$(BIN)/intake translations messages

pseudo: $(DEV)  ## Write a language nobody speaks into instance/pseudo, to see what longer words do to the pages
	@$(BIN)/intake translations pseudo

format: $(DEV)  ## Format the code and mend what the linter can
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(DEV)  ## Measure the pages beside a server that does nothing
	$(BIN)/python -m tests.bench

shots: $(DEV) packages  ## Write a picture of every page into shots/
	$(BIN)/python -m tests.browser.shots

lock: $(VENV)/pyvenv.cfg  ## Pin the newest allowed versions into requirements*.txt
	@test -x $(VENV)/lock/bin/uv || { python3 -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet uv; }
	$(COMPILE) --group build --output-file requirements.txt
	$(COMPILE) --group build --group dev --constraint requirements.txt --output-file requirements-dev.txt

packages: $(DEV)
	@.ci/packages

clean:  ## Remove the environment, caches and pictures; the database and keys in instance/ stay
	rm -rf $(VENV) shots dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# --- The environment ------------------------------------------------------------------------------------------------

$(VENV)/pyvenv.cfg:
	@.ci/environment $(VENV)

$(RUN): $(VENV)/pyvenv.cfg
	@echo "Installing what the service needs ..."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.run-* && touch $@

$(DEV): $(VENV)/pyvenv.cfg
	@echo "Installing what development needs ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.run-* $(VENV)/.dev-* && touch $@ $(RUN)
