# `make run` and `make test` need Python 3.11 or newer, make, and nothing else that is not fetched.
VENV := .venv
# Modules, not scripts: a checkout that was moved keeps working.
PY := $(VENV)/bin/python
SERVERS := $(PY) -m dealertext.embedded exec --
INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test check lint types migrations deploy-check attack bench legal mutate fmt runtime tools

help:
	@echo "make run    the portal with a demo dealership (PORT=8000 STATE_DIR=.state DEMO=1)"
	@echo "make test   all tests, on throw-away servers"
	@echo "make check  what CI runs"
	@echo "make attack the long races   make bench  the benchmarks   make fmt  the formatters"
	@echo "make mutate breaks the consent rules in every small way   make legal  writes docs/legal.md"

# The copy of requirements.txt in the environment says what is installed there.
runtime:
	@$(PY) -c 'import pip' 2>/dev/null || { \
	  for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	      then found=$$python; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "dealertext needs Python 3.11 or newer, and python3 is $$(python3 --version 2>&1 | head -n 1):" \
	      "install one, or name it with PYTHON=" >&2; exit 1; \
	  fi; \
	  if ! $$found -c 'import venv, ensurepip' 2>/dev/null || ! $$found -m venv --clear $(VENV); then \
	    rm -rf $(VENV); \
	    echo "$$found cannot make a virtual environment: install its venv module" \
	      "(on Debian: apt-get install python3-venv)" >&2; exit 1; \
	  fi; }
	@cmp -s requirements.txt $(VENV)/requirements.txt || { \
	  echo "packages   installing what requirements.txt pins (once, about a minute)"; \
	  $(INSTALL) -r requirements.txt || { \
	    echo "the packages could not be installed; the lines above say why" >&2; exit 1; }; \
	  cp requirements.txt $(VENV)/requirements.txt; }

tools: runtime
	@cat requirements.txt requirements-dev.txt | cmp -s - $(VENV)/requirements-dev.txt || { \
	  echo "tools      installing what requirements-dev.txt pins (once)"; \
	  $(INSTALL) -r requirements.txt -r requirements-dev.txt || { \
	    echo "the tools could not be installed; the lines above say why" >&2; exit 1; }; \
	  cat requirements.txt requirements-dev.txt > $(VENV)/requirements-dev.txt; }

run: runtime
	@exec $(PY) -m dealertext.supervisor --with-parent

test: tools
	$(SERVERS) $(PY) -m pytest -q

check: lint types migrations deploy-check test

lint: tools
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint templates --check --lint --quiet

types: tools
	$(SERVERS) $(PY) -m mypy .

migrations: tools
	$(SERVERS) $(PY) manage.py makemigrations --check --dry-run

deploy-check: tools
	DEBUG=0 SITE_URL=https://text.example.com ALLOWED_HOSTS=text.example.com \
	  $(SERVERS) $(PY) manage.py check --deploy --fail-level WARNING

attack: tools
	ATTACK=1 $(SERVERS) $(PY) -m pytest -q -m attack

bench: tools
	$(SERVERS) $(PY) -m bench
	$(SERVERS) $(PY) -m bench.words

# mutmut has an environment of its own, which sees the packages of the other one.
mutate: tools
	@test -x $(VENV)-mutate/bin/mutmut || { $(PY) -m venv $(VENV)-mutate; \
	  $(VENV)-mutate/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
	    -r requirements-mutate.txt; \
	  $(PY) -c "import sysconfig; print(sysconfig.get_path('purelib'))" \
	    > $$($(VENV)-mutate/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/portal.pth; }
	$(VENV)-mutate/bin/python bench/mutate.py

legal: tools
	DJANGO_SETTINGS_MODULE=dealertext.settings $(SERVERS) $(PY) -c "import django; django.setup(); \
	  from dealertext.tests.register import build_page; print(build_page(), end='')" > docs/legal.md

fmt: tools
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .
	$(PY) -m djlint templates --reformat --quiet
