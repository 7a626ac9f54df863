# `make` does everything once, `make help` lists the rest. API="one two" narrows a target to these APIs.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

API ?=
PYTHON ?= python3
PORT ?= 8000
SEED ?= 0
SEEDS ?=
VERSION := auto
FIGURE ?=
LINE :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
LINTED := .cache/code-linted
MADE := .cache/made

# $(call changed,THAN,PATHS) prints a file or folder in PATHS that was changed, added or removed later than THAN, or a word on
# what is not there. It compares the time of the last change, which no tool sets back, not the one that a file shows.
changed = $$(find $(2) \( -name __pycache__ -o -path '*/site-packages/*' \) -prune -o -cnewer $(1) -print -quit 2>&1)
TOOLS := pyproject.toml $(INSTALLED) $(VENV)/lib/python*/site-packages
CODE_CHANGED = $(call changed,$(LINTED),scripts tests $(TOOLS))
CHANGED = $(call changed,$(MADE),specs generated dist scripts Makefile .cache/build.json $(TOOLS))

.PHONY: all
all: ## Set up, lint, regenerate, fuzz against the sandbox, build wheels and sum up what changed
	@if test -z "$(API)$(SPECLOOM_SPECS)$(CODE_CHANGED)$(CHANGED)"; then echo 'Everything is up to date.'; \
		else $(MAKE) everything; fi

everything: $(INSTALLED) $(LINTED) FORCE
	@$(BIN)/specloom build $(API)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}' | LC_ALL=C sort

.PHONY: install
install: $(INSTALLED) ## Make .venv with the locked tools and specloom itself

$(INSTALLED): scripts/requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'specloom needs Python 3.11 or newer; name one with PYTHON=python3.11' >&2; exit 2; }
	@echo 'Installing the locked tools into $(VENV) …'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r scripts/requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

FORCE:

$(LINTED): $(INSTALLED) FORCE
	@if test -n "$(CODE_CHANGED)"; then set -e; mkdir -p $(@D); touch $@.began; \
		$(BIN)/ruff check --quiet scripts tests; \
		$(BIN)/ruff format --quiet --check scripts tests; \
		$(BIN)/mypy --no-error-summary scripts tests; \
		output=$$(PYTHONPATH=scripts $(BIN)/lint-imports --no-cache --no-logo) || { echo "$$output" >&2; exit 1; }; \
		mv $@.began $@; fi

.PHONY: lint
lint: $(LINTED) ## Check specs, code and generated packages
	@$(BIN)/specloom lint $(API)
	@cd generated && packages=$$(ls -d $(or $(addsuffix /*_client,$(API)),*/*_client) 2>/dev/null); test -z "$$packages" \
		|| ../$(BIN)/mypy --strict --no-error-summary --cache-dir=../.mypy_cache/generated $$packages

.PHONY: format
format: $(INSTALLED) ## Format the code and mend what ruff can mend
	@$(BIN)/ruff check --quiet --fix-only scripts tests
	@$(BIN)/ruff format scripts tests

.PHONY: generate
generate: $(INSTALLED) ## Regenerate the packages whose spec or generator changed
	@$(BIN)/specloom generate $(API)

.PHONY: check-generated
check-generated: $(INSTALLED) ## Fail when generated/ is not what the specs give
	@$(BIN)/specloom check-generated $(API)

.PHONY: drift
drift: $(INSTALLED) ## Fetch the documentation pages and say what changed on them; unreachable ones break nothing
	@$(BIN)/specloom pages drift $(API)

.PHONY: check-pages
check-pages: $(INSTALLED) ## Compare the specs with the locked facts of their pages, offline
	@$(BIN)/specloom pages check $(API)

.PHONY: conflicts
conflicts: $(INSTALLED) ## Print what to ask the vendors
	@$(BIN)/specloom conflicts $(API)

.PHONY: test
test: $(INSTALLED) ## Run the tests; API=… runs those that name it
	@$(BIN)/pytest --quiet --numprocesses=auto --dist=worksteal $(if $(API),-k '$(subst $() , or ,$(strip $(API)))')

.PHONY: sandbox
sandbox: $(INSTALLED) ## Serve the sandbox on PORT (8000)
	@$(BIN)/specloom sandbox $(API) --port $(PORT)

.PHONY: fuzz
fuzz: $(INSTALLED) ## Fuzz the sandbox with SEED (0), or with each of SEEDS (0-19); reports go to .cache/fuzz
	@$(BIN)/specloom fuzz $(API) $(if $(SEEDS),--seeds $(SEEDS),--seed $(SEED)) --report .cache/fuzz

.PHONY: prove
prove: $(INSTALLED) ## Prove the campaign: break each rule of the specs and require that it fails; report in .cache/prove
	@$(BIN)/specloom prove $(API) --report .cache/prove

.PHONY: compat
compat: $(INSTALLED) ## Fail when a spec breaks its clients and neither its version nor its changelog says so
	@$(BIN)/specloom gate $(API)

.PHONY: release
release: $(INSTALLED) ## Release API=…: version (VERSION=auto or X.Y.Z), changelog (LINE="…"), commit, tag, index
	@$(BIN)/specloom release $(API) --version $(VERSION) $(if $(LINE),--line '$(subst ','\'',$(LINE))')

.PHONY: index
index: $(INSTALLED) ## Make dist/simple, the index of all released packages, from their tags
	@$(BIN)/specloom index

.PHONY: catalogue
catalogue: $(INSTALLED) ## Write a site that shows the APIs to dist/site
	@$(BIN)/specloom catalogue $(API)

.PHONY: bench
bench: $(INSTALLED) ## Measure all figures beside what they are compared with, or FIGURE=…; results go to .cache/bench
	@PYTHONPATH=scripts $(BIN)/python -m bench $(FIGURE)

.PHONY: check
check: lint check-generated check-pages compat fuzz prove test ## Everything that CI runs

.PHONY: clean
clean: ## Remove the environment, caches and wheels
	@rm -rf $(VENV) .cache dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +
