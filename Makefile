# SPDX-License-Identifier: Apache-2.0
.DEFAULT_GOAL := help
.PHONY: help setup build run demo test test-postgres soak schemathesis bench lint format

SHELL := /bin/bash
DEBUG := .build/debug/gangway
# Test targets with suites that also run on PostgreSQL.
POSTGRES_TESTS := SQLEngineTests StoreTests DurableWorkTests PartnerWebhooksTests OnboardingRunnerTests MetaChangesTests GangwayServerTests CrashTests

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: ## Install what is missing: Debian packages for SQLite, libpq, PostgreSQL
	@scripts/setup

build: setup ## Build the release binary, .build/release/gangway
	swift build -c release --product gangway

run: setup demo ## Install what is missing, build, and onboard a sample customer
	@echo
	@echo "To keep a server running: $(DEBUG) serve"

demo: ## Onboard a sample customer from a signup code to a verified webhook
	@[ -x $(DEBUG) ] || echo "First build: fetching packages and compiling takes about 5 to 8 minutes; later ones take seconds."
	swift build --product gangway
	$(DEBUG) demo

test: setup ## Run all tests, on SQLite and on a private PostgreSQL
	swift build --build-tests
	scripts/with-postgres --fast scripts/run-tests

test-postgres: setup ## Run only the test targets that also use PostgreSQL
	swift build --build-tests
	scripts/with-postgres --fast scripts/run-tests $(POSTGRES_TESTS)

soak: setup ## Run the long tests: kill runs, fuzzing, large backlogs (many minutes)
	swift build --build-tests
	GANGWAY_SOAK=1 scripts/with-postgres scripts/run-tests

schemathesis: ## Ask a server whatever its OpenAPI document allows and forbids (some minutes; needs PyPI the first time)
	@scripts/setup python3-venv
	swift build --product gangway
	scripts/schemathesis

bench: ## Measure intake, onboardings, start-up and memory of a release build (about 5 minutes)
	@scripts/setup wrk
	swift build -c release --product gangway
	swift build -c release --product gangway-bench
	.build/release/gangway-bench
	.build/release/gangway-bench sandbox
	.build/release/gangway-bench lists
	scripts/with-postgres bash -c '.build/release/gangway-bench --database "$$GANGWAY_TEST_PG"'

lint: ## Check the formatting
	@scripts/lint

format: ## Format all Swift files in place
	swift format format -i -p -r Sources Tests Benchmarks Package.swift
