# Every target calls `python -m salesdash ...` or a tool; without make, call those.
# Needs Python 3.11 or newer with its venv module, and git. `make` alone lists the targets.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes
PYTEST := $(BIN)/python -m pytest -q

.DEFAULT_GOAL := help
.PHONY: help run share test check bench shots clean runtime tools

help: ## list what make can do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

run: runtime ## start the app on this machine (PORT=8501)
	@$(BIN)/python -m salesdash run

share: runtime ## start the app for your network, behind an access code
	@$(BIN)/python -m salesdash run --share

test: tools ## run all tests
	@$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder

check: tools ## ruff, format, mypy, import contracts, spelling, coverage
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell
	@$(PYTEST) -n 2 --dist loadfile --no-loadscope-reorder -m "not browser" --cov --cov-report=term

bench: tools ## measure speed against peers on generated data
	@$(BIN)/python -m bench

shots: tools ## take the pictures of the screens
	@$(BIN)/python -m bench.shots

clean: ## remove what was made here, except data/
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .bench \
		.coverage .coverage.* htmlcov build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "salesdash needs Python 3.11 or newer: sudo apt-get install python3 python3-venv (or: make PYTHON=python3.11 ...)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Python's venv module is missing: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

# The lock is copied beside what it installed: nothing is installed again until it changes.
runtime: $(BIN)/python
	@cmp -s requirements.txt $(VENV)/requirements.txt || { \
		echo "Installing the libraries into $(VENV) (about a minute, once) ..." >&2 && \
		$(PIP) -r requirements.txt && cp requirements.txt $(VENV)/requirements.txt; }

tools: runtime
	@cmp -s requirements-dev.txt $(VENV)/requirements-dev.txt || { \
		echo "Installing the tools into $(VENV) (about a minute, once) ..." >&2 && \
		$(PIP) -r requirements-dev.txt && cp requirements-dev.txt $(VENV)/requirements-dev.txt; }
