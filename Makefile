# Shouwen: `make run` to see it, `make test` to prove it, `make check` before a change lands.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV ?= .venv
BIN = $(VENV)/bin
# the builder and its Node are pinned in one place
BUILDERS = $(shell sed -n 's/^requires = \[\(.*\)\]/\1/p' pyproject.toml | tr -d ',') editables
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet
ARGS ?=

.PHONY: help run dev test check voice web openapi migrations requirements sbom advisories bench trial clean

help:  ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.run web  ## Start everything on this machine with the demo operator
	@$(BIN)/shouwen up --demo $(ARGS)

dev: $(VENV)/.dev  ## The same, starting anew whenever the code changes; the front end at the address vite prints
	@$(BIN)/shouwen up --demo --reload $(ARGS) & up=$$!; \
	trap 'kill $$up 2>/dev/null; wait $$up' EXIT INT TERM; \
	$(BIN)/python tools/web.py dev

test: $(VENV)/.dev web browser telephone  ## Every test
	@$(BIN)/python tools/check.py --tests $(ARGS)

check: $(VENV)/.dev browser telephone  ## What a change must pass: lint, types, contracts, front end, then every test
	@$(BIN)/python tools/check.py

voice: $(VENV)/.run  ## Fetch Asterisk for telephone calls, without privileges (then: make run ARGS=--voice)
	@$(BIN)/shouwen voice install $(ARGS)

web: $(VENV)/.run  ## Build the front end, if it changed
	@$(BIN)/python tools/web.py build

openapi: $(VENV)/.dev  ## Write the API's description and the front end's client anew
	@$(BIN)/python -m shouwen.project.openapi
	@$(BIN)/python tools/web.py gen-api

migrations: $(VENV)/.dev  ## Write migrations for changed models
	@$(BIN)/python -m shouwen.manage makemigrations $(ARGS)

requirements: $(VENV)/.dev  ## How many requirement rows the tests prove (ARGS=--list for each)
	@$(BIN)/python -m tests.requirements $(ARGS)

sbom: $(VENV)/.dev  ## What the product is made of, as CycloneDX in dist/
	@$(BIN)/python tools/supply.py sbom

advisories: $(VENV)/.dev  ## What is published against its parts (needs a connection)
	@$(BIN)/python tools/supply.py advisories

bench: $(VENV)/.dev web  ## Measure: make bench NAME=http
	@$(BIN)/python -m bench $(NAME) $(ARGS)

trial: $(VENV)/.dev web  ## Try hard: make trial NAME=kill
	@$(BIN)/python -m trials $(NAME) $(ARGS)

clean:  ## Remove what was built and installed here; never data
	rm -rf $(VENV) web/node_modules src/shouwen/web_dist .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (with venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@test -f $(VENV)/.dev -a $(VENV)/.dev -nt pyproject.toml || { echo "Installing Python packages ..." && \
	  $(PIP) $(BUILDERS) && $(PIP) --no-build-isolation -e . ; }
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing Python packages ..."
	@$(PIP) $(BUILDERS)
	@$(PIP) --no-build-isolation -e '.[dev]'
	@touch $@

.PHONY: browser telephone
browser:
	@sh tools/browser.sh

telephone: $(VENV)/.dev
	@sh tools/telephone.sh $(BIN)
