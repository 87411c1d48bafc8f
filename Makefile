# Everything a person or a pipeline does with this repository. `make` alone lists it.

PYTHON ?= python3
PORT ?= 8000
export PORT

BIN := .venv/bin
CODE := app.py chalicelib infra local tests
SETUP := $(PYTHON) local/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run logs sweep messaging reset test check lint web-check unit stack-tests format package deploy clean

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- the local cloud ---------------------------------------------------------------------------------------------

run: ## start everything on this computer (PORT=8000); Ctrl-C stops it and keeps the data
	@$(SETUP) run

logs: ## follow the logs of the running stack
	@mkdir -p .local/log && touch .local/log/gateway.log .local/log/functions.log .local/log/emulator.log
	@tail -n 20 -F .local/log/gateway.log .local/log/functions.log .local/log/emulator.log

sweep: ## run the expiry sweep on the running stack now (AT=2027-03-01T00:00:00Z: as if it were then)
	@$(BIN)/python -m local.sweep $(AT)

messaging: ## switch a store's messaging (STORE=seattle FLAG=off), to see what its people see
	@$(BIN)/python -m local.messaging $(STORE) $(FLAG)

reset: ## delete the local data, after asking (YES=1: without)
	@$(PYTHON) local/reset.py $(if $(YES),--yes)

# --- checks ------------------------------------------------------------------------------------------------------

test: ## everything a pipeline checks, with the set-up it needs
	@$(SETUP) test
	@$(MAKE) --no-print-directory lint web-check unit stack-tests

check: ## the quick part of it: format, lint, types, web, fast tests
	@$(SETUP) check
	@$(MAKE) --no-print-directory lint web-check unit

lint:
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy

web-check:
	@PATH="$$($(PYTHON) local/bootstrap.py node-path)" npm --prefix web run check

unit:
	$(BIN)/pytest -n 2 -m "not e2e and not browser"

stack-tests:
	$(BIN)/pytest -m "e2e or browser"

format: ## put all code into the one form
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

# --- shipping ----------------------------------------------------------------------------------------------------

package: ## build what is deployed, into build/package
	@$(SETUP) deploy
	@$(BIN)/python -m infra.package

deploy: ## deploy to AWS with your credentials (STAGE=dev)
	@$(SETUP) deploy
	@$(BIN)/python -m infra.deploy $(if $(STAGE),--stage $(STAGE))

clean: ## delete what can be made again, but not the local data
	rm -rf build web/dist .mypy_cache .ruff_cache .pytest_cache
