# Thin over tools/: each target can be run without make, see README.md.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench soak

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' Makefile

run: ## Prepare everything, load the demo network, start web and worker
	@./tools/run.sh

test: ## Install what the tests need and run every check and test
	@./tools/test.sh

lint: ## Only the checks that need no server: style, types, imports, texts
	@./tools/test.sh --lint

bench: ## Benchmarks: costs as ratios within one run (minutes)
	@./tools/test.sh --bench

soak: ## Long fault tests with real processes killed at random (up to an hour)
	@./tools/test.sh --soak
