# Everything a person or a pipeline does with this repository. `make` alone lists it.

PYTHON ?= python3
PORT ?= 8000
export PORT

BIN := .venv/bin
CODE := app.py chalicelib infra local tests bench
SETUP := $(PYTHON) local/bootstrap.py
SET_UP = @test -x $(BIN)/python || { echo "Nothing runs here yet: make run"; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run logs sweep messaging reset test check lint web-check unit simulation stack-tests simulate simulation-boundaries screenshot format openapi package deploy merchant dead-letters read-mail fuzz bench clean

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- the local cloud ---------------------------------------------------------------------------------------------

run: ## start everything on this computer (PORT=8000 SMTP_PORT=2525); Ctrl-C stops it and keeps the data
	@$(SETUP) run

logs: ## follow the logs of the running stack
	@mkdir -p .local/log && touch .local/log/gateway.log .local/log/functions.log .local/log/emulator.log
	@tail -q -n 20 -F .local/log/gateway.log .local/log/functions.log .local/log/emulator.log

sweep: ## run the expiry sweep on the running stack now (AT=2027-03-01T00:00:00Z: as if it were then, for good)
	$(SET_UP)
	@$(BIN)/python -m local.sweep $(AT)

messaging: ## switch a store's messaging (STORE=seattle FLAG=off), to see what its people see
	$(SET_UP)
	@$(BIN)/python -m local.messaging $(STORE) $(FLAG)

reset: ## delete the local data, after asking (YES=1: without)
	@$(PYTHON) local/reset.py $(if $(YES),--yes)

# --- checks ------------------------------------------------------------------------------------------------------

test: ## everything a pipeline checks, with the set-up it needs
	@$(SETUP) test
	@$(MAKE) --no-print-directory lint web-check unit simulation stack-tests

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
	$(BIN)/pytest -n 2 --dist worksteal -m "not e2e and not browser and not simulation"

simulation:
	$(BIN)/pytest -n 2 --dist worksteal --durations=12 -m simulation

stack-tests:
	$(BIN)/pytest -n 2 --dist loadfile --durations=12 -m "e2e or browser"

screenshot: ## take the README's picture anew
	@$(BIN)/python -m tests.browser.portrait

simulate: ## break everything at random (SCHEDULES=10000 SEED=1; RACE=reply_against_reply or OUTAGE=time-outs instead)
	@$(SETUP) check
	@$(BIN)/python -m tests.simulation --schedules $(or $(SCHEDULES),10000) --seed $(or $(SEED),1) \
		$(if $(RACE),--race $(RACE)) $(if $(OUTAGE),--outage "$(OUTAGE)")

simulation-boundaries: ## write the list of calls that the simulation breaks one by one, after they changed
	@$(SETUP) check
	@$(BIN)/python -m tests.simulation.exhaustive

fuzz: ## 100,000 mutated webhook requests, others than in make test (REQUESTS=n SEED=n)
	@$(SETUP) check
	FUZZ_REQUESTS=$(or $(REQUESTS),100000) FUZZ_SEED=$(or $(SEED),$(shell date +%s)) $(BIN)/pytest -n 2 tests/fuzz

format: ## put all code into the one form
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

openapi: ## write docs/openapi.json, docs/generic-shop.schema.json and the web app's types from the routes
	$(BIN)/python -m infra.openapi
	$(BIN)/python -m infra.shop_schema
	@PATH="$$($(PYTHON) local/bootstrap.py node-path)" npm --prefix web run api

bench: ## measure what docs/performance.md promises, against its budgets (ONLY="cold counts", MILLION=1)
	@$(SETUP) check
	@$(BIN)/python -m bench $(ONLY) $(if $(MILLION),--million)

# --- shipping ----------------------------------------------------------------------------------------------------

package: ## build what is deployed, into build/package
	@$(SETUP) deploy
	@$(BIN)/python -m infra.package

deploy: ## deploy to AWS with your credentials (STAGE=dev)
	@$(SETUP) deploy
	@$(BIN)/python -m infra.deploy $(if $(STAGE),--stage $(STAGE))

merchant: ## set a merchant up, or change one (STAGE=prod FILE=merchant.json; docs/deploying.md)
	@$(SETUP) deploy
	@$(BIN)/python -m infra.merchant $(if $(STAGE),--stage $(STAGE)) --file "$(or $(FILE),merchant.json)" \
		$(if $(PASSWORD),--password "$(PASSWORD)")

dead-letters: ## what could not be handled (STAGE=prod; DO="inspect ID", "redrive", "purge ID"; docs/operating.md)
	$(SET_UP)
	@$(BIN)/python -m infra.dead_letters $(if $(STAGE),--stage $(STAGE)) $(DO)

read-mail: ## show how a mail is read: newest text, what is folded, header (FILE=some.eml; docs/email.md)
	$(SET_UP)
	@$(BIN)/python -m chalicelib.channels.email "$(FILE)"

clean: ## delete what can be made again, but not the local data
	rm -rf build web/dist .mypy_cache .ruff_cache .pytest_cache
