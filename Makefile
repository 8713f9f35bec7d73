# Shotwright's commands; `make help` lists them. The first use of any of them sets up .venv by itself.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.DEFAULT_GOAL := help
.PHONY: help run test check screenshots walk smoke

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: ## set up, then turn the example film into takes, film.mp4 and film.otio
	@$(PYTHON) packaging/set_up.py
	@$(BIN)/shotwright demo

test: ## set up, then run the tests
	@$(PYTHON) packaging/set_up.py --test
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

check: ## lint, types, import contracts
	@$(PYTHON) packaging/set_up.py --test
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

screenshots: ## render the main states of the window to runs/screenshots
	@$(PYTHON) packaging/set_up.py
	@QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screenshots runs/screenshots

walk: ## use the window with a real mouse and keyboard, and read it as a screen reader does
	@$(PYTHON) packaging/set_up.py --test
	@$(BIN)/python -m tests.desktop

smoke: ## build the wheel, install it in an empty environment and make one take with it
	@$(PYTHON) packaging/set_up.py
	@$(BIN)/python packaging/smoke.py
