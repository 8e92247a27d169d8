# The common jobs; `make help` lists them. Needs Python 3.11 or newer with venv and pip.

PYTHON ?= python3
VENV ?= .venv
DATA ?=
SIZES ?= 10000 100000
CLAIMS ?= 100000
NEIGHBOUR ?= 60000
ARGS ?=
TIMES ?= 200
SECONDS ?= 15
UV_VERSION := 0.13.9

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE := bot commands knowledge bench tests docs

.DEFAULT_GOAL := help
.PHONY: help setup run test fuzz lint format types bench soak lock catalogs contract pictures clean

help: ## List the jobs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/ready ## Set up the environment without starting anything

run: $(VENV)/ready ## Start the bot: in Discord with a token in .env, else in the sandbox
	@$(BIN)/python -m bot run $(ARGS)

test: $(VENV)/ready-dev ## Run the tests (ARGS="-k figures" to choose)
	@$(BIN)/python -m pytest $(ARGS)

fuzz: $(VENV)/ready-dev ## Try each property on new examples (SECONDS=15)
	@$(BIN)/python -m pytest -m hypothesis --fuzz $(SECONDS) $(ARGS)

lint: $(VENV)/ready-dev ## Check style, and which way imports point
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/ready-dev ## Repair style where that can be done by a program
	@$(BIN)/ruff check --fix-only --quiet $(CODE)
	@$(BIN)/ruff format $(CODE)

types: $(VENV)/ready-dev ## Check types
	@$(BIN)/mypy

bench: $(VENV)/ready-dev ## Measure commands, matcher, writing, neighbours, pages (DATA=, SIZES=, CLAIMS=, NEIGHBOUR=)
	@$(BIN)/python -m bench.commands
	@$(BIN)/python -m bench.matcher $(if $(DATA),--claims $(DATA)) --sizes $(SIZES)
	@CLAIMS=$(CLAIMS) $(BIN)/python -m bench.writing
	@$(BIN)/python -m bench.neighbours --claims $(NEIGHBOUR)
	@$(BIN)/python -m bench.web

soak: $(VENV)/ready-dev ## Kill processes that write (TIMES=200) or answer at random moments, and look what is left
	@$(BIN)/python -m tests.soak.kill --times $(TIMES)
	@$(BIN)/python -m tests.soak.kill --times $(TIMES) --engine postgresql
	@$(BIN)/python -m tests.soak.processes

catalogs: $(VENV)/ready-dev ## Put new texts into the catalogs, and list what is not translated
	@$(BIN)/python -m docs.catalogs

contract: $(VENV)/ready-dev ## Try the JSON addresses on whatever schemathesis makes up (some minutes)
	@$(PIP) 'schemathesis>=4' </dev/null 1>&2
	@$(BIN)/python -m tests.web.contract_web $(ARGS)

pictures: $(VENV)/ready-dev ## Make the pictures of the README anew (needs Chromium)
	@$(PIP) 'simcord[screenshot]' </dev/null 1>&2
	@$(BIN)/python docs/pictures.py $(ARGS)

lock: $(VENV)/bin/python ## Pin the newest versions that pyproject.toml allows
	@$(PIP) uv==$(UV_VERSION) </dev/null 1>&2
	@$(BIN)/uv $(LOCK) -o requirements.txt
	@$(BIN)/uv $(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt

LOCK = pip compile pyproject.toml --group build --universal --python-version 3.11 --upgrade \
	--quiet --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

clean: ## Remove the environment and what the tools left behind
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build

# Progress goes to standard error: standard output belongs to the chat. Nothing here may read
# standard input: it belongs to the bot.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null 2>/dev/null || { \
		echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12" >&2; exit 2; }
	@echo "Setting up Claimbot in $(VENV) (once, about a minute) …" >&2
	@$(PYTHON) -m venv $(VENV) </dev/null >&2 || { rm -rf $(VENV); \
		echo "$(PYTHON) has no venv module. On Debian: apt install python3-venv" >&2; exit 2; }

$(VENV)/ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) -r requirements.txt </dev/null >&2
	@$(PIP) --no-deps --no-build-isolation --editable . </dev/null >&2
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt | $(VENV)/ready
	@$(PIP) -r requirements-dev.txt </dev/null >&2
	@touch $@
