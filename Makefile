# Two commands: `make run` and `make test`. Python 3.11 or newer and make are all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVERS := $(BIN)/python -m dealertext.embedded exec --
PACKAGES := accounts archive consent dealertext messaging bench conftest.py manage.py

.DEFAULT_GOAL := help
.PHONY: help run test check lint types migrations deploy-check attack bench fmt

help:
	@echo "make run    start everything with a demo dealership (PORT=8000)"
	@echo "make test   all tests, on throw-away servers"
	@echo "make check  what CI runs   |   make attack  the long races   |   make bench   |   make fmt"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "dealertext needs Python 3.11 or newer; this is $$($(PYTHON) --version 2>&1). Set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment here (Debian: install python3-venv)"; exit 1; }

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Installing the packages ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing the tools ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run
	@exec $(BIN)/python -m dealertext.supervisor

test: $(VENV)/.dev
	$(SERVERS) $(BIN)/python -m pytest -q

check: lint types migrations deploy-check test

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint templates --check --lint --quiet

types: $(VENV)/.dev
	$(SERVERS) $(BIN)/mypy $(PACKAGES)

migrations: $(VENV)/.dev
	$(SERVERS) $(BIN)/python manage.py makemigrations --check --dry-run

deploy-check: $(VENV)/.dev
	SITE_URL=https://text.example.com DEBUG=0 $(SERVERS) $(BIN)/python manage.py check --deploy --fail-level WARNING

attack: $(VENV)/.dev
	ATTACK=1 $(SERVERS) $(BIN)/python -m pytest -q -m attack

bench: $(VENV)/.dev
	$(SERVERS) $(BIN)/python -m bench

fmt: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint templates --reformat --quiet
