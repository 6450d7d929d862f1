# RayHub. `make run` serves the site, `make test` tests it; both start from a bare clone.
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
PYTHON ?= python3
BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
export PYTHONUNBUFFERED = 1
run dev: export SITE_URL ?= http://$(HOST:0.0.0.0=127.0.0.1):$(PORT)

.DEFAULT_GOAL := help
.PHONY: help run dev setup ray test check bench lock clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/run.stamp ## Serve the whole site on http://HOST:PORT (127.0.0.1:8000) with the production server
	@$(MANAGE) prepare_site
	@exec $(MANAGE) serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

dev: setup ## Serve it with the reloading debug server
	DEBUG=1 $(MANAGE) runserver $(HOST):$(PORT)

setup: .venv/dev.stamp ## Make .venv with everything for development, and migrate the database
	@$(MANAGE) migrate --verbosity 0

ray: .venv/ray.stamp ## Install Ray, for check_links --engine ray

test: .venv/dev.stamp $(if $(REQUIRE_ALL),.venv/ray.stamp) ## Run the whole suite: SQLite, PostgreSQL, and a real Chromium
	@$(BIN)/python -m tests.run

check: .venv/dev.stamp ## Format, lint, types, import laws, migrations in step, deploy check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy .
	$(MANAGE) makemigrations --check --dry-run
	SITE_URL=https://rayhub.example ALLOWED_HOSTS=rayhub.example EMAIL_URL=smtp://mail.rayhub.example \
		SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG $(MANAGE) check --deploy --fail-level WARNING

bench: .venv/dev.stamp ## Measure: Markdown, README round trip, diffs, pages
	@for each in bench/[a-z]*.py; do echo "== $$each"; $(BIN)/python -m bench.$$(basename $$each .py) || exit 1; done

lock: .venv/dev.stamp ## Write the pinned requirements anew
	$(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header --no-annotate requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header --no-annotate requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header --no-annotate requirements/ray.in -o requirements/ray.txt

clean: ## Remove the environment; data under var/ stays
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12) and "RayHub needs Python 3.12 or newer, and this is " + sys.version.split()[0] + ". Name one: make PYTHON=python3.13 ...")'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot make an environment. On Debian: apt-get install python3-venv"; exit 1; }

.venv/run.stamp: requirements/run.txt | .venv/bin/python
	@echo "Installing what the site needs ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	@echo "Installing what development needs ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ .venv/run.stamp

.venv/ray.stamp: requirements/ray.txt | .venv/dev.stamp
	@echo "Installing Ray ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/ray.txt
	@touch $@
