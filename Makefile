# What one does with Palermo from a checkout. Every target can be run again; what is already done is not redone.
.DEFAULT_GOAL := help
.PHONY: help up test lint bench

help: ## Show this list
	@echo "Palermo. What make can do here:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)$$/  make \1 | \2/p' Makefile | while IFS='|' read -r name does; do \
		printf '%-14s%s\n' "$$name" "$$does"; done

up: ## Set everything up, load the sample, build its report, serve at 127.0.0.1:8000 (PORT=9000 moves it)
	@scripts/setup run
	@.venv/bin/palermo up

test: ## Set everything up, the browser included, and run every test
	@scripts/setup test
	@scripts/test

lint: ## Check style, types, layers, translations, sizes and settings
	@scripts/setup lint
	@scripts/lint

bench: ## Measure what is promised of speed, and print the figures
	@scripts/setup lint
	@for file in $$(grep -l __main__ benchmarks/*.py); do echo "== $$file"; .venv/bin/python "$$file" || exit 1; done
