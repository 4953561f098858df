# What one does with Copydesk. PYTHON=python3.12 chooses the interpreter that .venv is made with.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
export PYTHON

.PHONY: help setup demo run test lint types types-and-brokerless test-broker test-unit bench bench-e2e bench-tools eval train fmt lock audit clean
.PHONY: lint-deploy check-dashboards test-faults fuzz

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "make %-16s %s\n", $$1, $$2}'

setup: ## Make .venv with the locked packages; see that Java, Maven and the broker's jars are there
	@scripts/setup

demo: setup ## Broker, topics, four workers, sample articles: see the whole path, then everything stops; PAGE=1 leaves a page open
	@$(BIN)/python -m service demo --embedded $(if $(PAGE),--page)

run: setup ## Broker on 127.0.0.1 and PORT (9092), and all stages, until Ctrl-C
	@$(BIN)/python scripts/run.py $(PORT)

test: setup lint ## Set up, lint, check types, run every test (those on a real broker and on PostgreSQL too)
	@scripts/setup tests
	@$(MAKE) --no-print-directory -j2 types-and-brokerless test-broker

lint: ## Check style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: ## Check types
	@$(BIN)/mypy

types-and-brokerless: types # beside the tests on a broker, which wait more than they work
	@$(BIN)/pytest -m "not broker"

test-broker:
	@$(BIN)/pytest -m broker

test-unit: setup ## Run the tests that need no broker
	@scripts/setup tests
	@$(BIN)/pytest -m "not broker"

test-faults: setup ## Break workers and the broker while articles flow, and check what came of it: SEED= RUNS= ARTICLES= FAULTS= BROKERS=1|3
	@$(BIN)/python -m tests.faults --seed $(or $(SEED),1) --runs $(or $(RUNS),3) --articles $(or $(ARTICLES),5000) \
		--faults $(or $(FAULTS),25) --brokers $(or $(BROKERS),1)

fuzz: setup ## Look for records and envelopes that break a promise, and texts that cost most, for SECONDS=60 each, then BATCHES=300 on a broker
	@scripts/fuzz $(or $(SECONDS),60)
	@$(BIN)/python -m tests.fuzz.forged --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1)
	@$(BIN)/python -m tests.fuzz.dearest --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1)
	@$(BIN)/python -m tests.faults.batches --seed $(or $(SEED),1) --batches $(or $(BATCHES),300)

bench-e2e: bench-tools ## The whole path on a real broker beside its peers: speed, CPU, memory, latency; BENCH=options
	@$(BIN)/python -m bench.end_to_end --peers $(BENCH)

bench: bench-e2e ## The same, then stages, dedup, claims and hostile records alone, growth, what being watched costs
	@$(BIN)/python -m bench.stage_cost
	@$(BIN)/python -m bench.dedup_cost
	@$(BIN)/python -m bench.dedup_recall
	@$(BIN)/python -m bench.eval_facts
	@$(BIN)/python -m bench.claims_cost
	@$(BIN)/python -m bench.hostile_cost
	@$(BIN)/python -m bench.growth
	@$(BIN)/python -m bench.telemetry_cost

bench-tools: setup ## The libraries that benchmarks compare with and draw with, into var/peers
	@cmp -s bench/requirements.txt var/peers/requirements.txt || { rm -rf var/peers && \
	  $(BIN)/pip install --quiet --disable-pip-version-check --target var/peers -r bench/requirements.txt && \
	  cp bench/requirements.txt var/peers/; }

eval: bench-tools ## Score dedup, figures and quotations on the evaluation kit in EVAL=path, check every span
	@test -n "$(EVAL)" || { echo "make eval EVAL=path/to/the/evaluation/kit" >&2; exit 2; }
	@$(BIN)/python -m bench.eval_dedup "$(EVAL)"
	@$(BIN)/python -m bench.eval_spans "$(EVAL)"
	@$(BIN)/python -m bench.eval_figures "$(EVAL)"
	@$(BIN)/python -m bench.eval_claims "$(EVAL)" --errors $(or $(ERRORS),10)

train: setup ## Train a model of claims on ANNOTATED=documents, ARTICLES=texts for word classes; into OUTPUT=var/model.npz
	@test -n "$(ANNOTATED)" || { echo "make train ANNOTATED=documents.jsonl.gz [ARTICLES=articles.jsonl.gz]" >&2; exit 2; }
	@$(BIN)/python -m train "$(ANNOTATED)" $(if $(ARTICLES),--articles "$(ARTICLES)") --output "$(or $(OUTPUT),var/model.npz)"

lint-deploy: setup ## Check deploy/: image, compose, Kubernetes, alerts with their tests, dashboards
	@deploy/lint

check-dashboards: setup ## Ask every query of the dashboards of a real Prometheus that watches a real run (a minute)
	@$(BIN)/python -m deploy.grafana.live

fmt: setup ## Put the code into its format
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock: ## Pin all packages anew (UPGRADE=1: to their newest versions)
	@scripts/lock $(if $(UPGRADE),--upgrade)

audit: setup ## Ask whether a locked package has a known weakness (needs the network)
	@scripts/audit

clean: ## Remove everything that was made here: .venv, caches, var/ with the broker's records
	@$(BIN)/python deploy/kafka/embedded.py stop 2>/dev/null || true
	rm -rf .venv var build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
