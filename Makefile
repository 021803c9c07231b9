# Two commands matter: `make run` and `make test`. `make help` lists all.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
BIN := .venv/bin
STATIC_FILES := $(shell find static -type f 2>/dev/null)
SEEDS := $(shell find seeds -type f 2>/dev/null)
MIGRATIONS := $(wildcard annotations/migrations/*.py)
# A database that is not ours, or not there, has to be asked; ours is known to be up to date.
ifneq ($(DATABASE_URL)$(if $(wildcard var/ascribe.sqlite3),,absent),)
.PHONY: var/prepared.stamp
endif

.PHONY: help run dev test check unit screenshots lock port clean

help: ## list the commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 14

run: export DEMO := 1
run: export SECRET_KEY_FILE := var/secret_key
run: export STATIC_ROOT := var/static
run: export PORT := $(PORT)
run: port .venv/run.stamp var/secret_key var/static.stamp var/prepared.stamp ## set up and serve the demo on 127.0.0.1:8000 (PORT=…)
	@exec $(BIN)/gunicorn --config config/gunicorn.py config.wsgi

dev: export DEBUG := 1
dev: .venv/dev.stamp ## serve with reloading and error pages, without the demo's sign-in
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py runserver $(PORT)

test: .venv/dev.stamp ## everything: checks, then all tests on SQLite and on PostgreSQL
	@$(BIN)/python tests/steps.py check sqlite postgres

check: .venv/dev.stamp ## lint, format, types, templates, migrations
	@$(BIN)/python tests/steps.py check

unit: .venv/dev.stamp ## all tests on SQLite
	@$(BIN)/python tests/steps.py sqlite

screenshots: .venv/dev.stamp ## take the pictures of the README anew, with the system's Chromium
	@$(BIN)/python docs/screenshots.py

lock: .venv/dev.stamp ## resolve requirements*.in anew into requirements*.txt
	@$(BIN)/pip install --quiet pip-tools
	@$(BIN)/pip-compile --upgrade --output-file requirements.txt requirements.in
	@$(BIN)/pip-compile --upgrade --output-file requirements-dev.txt requirements-dev.in

clean: ## remove the virtual environment and what was built; the data in var/ stay
	rm -rf .venv var/static var/*.stamp

port: | $(BIN)/python
	@$(BIN)/python -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' $(PORT) 2>/dev/null \
		|| { echo "Port $(PORT) is in use or not allowed. Try another one: make run PORT=8001" >&2; exit 1; }

$(BIN)/python:
	@for name in "$${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$${python:-}" ]; then \
		echo "Python 3.11 or newer is needed. Install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Making .venv with $$("$$python" --version) ..."; \
	"$$python" -m venv --clear .venv || { \
		rm -rf .venv; \
		echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

.venv/run.stamp: requirements.txt | $(BIN)/python
	@$(call install,requirements.txt)

.venv/dev.stamp: requirements-dev.txt requirements.txt | $(BIN)/python
	@$(call install,requirements-dev.txt)

define install
echo "Installing the $$(grep -c '==' $(1)) packages of $(1); the first time takes about a minute ..."; \
$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $(1) || { \
	echo "The packages could not be installed. Is there a way to the package index? pip's message is above." >&2; exit 1; }; \
touch $@
endef

var/secret_key:
	@mkdir -p var
	@umask 077; $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64), end="")' > $@

var/static.stamp: $(STATIC_FILES) .venv/run.stamp | var/secret_key
	@echo "Compressing the static files ..."
	@rm -rf var/static
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@

var/prepared.stamp: $(MIGRATIONS) $(SEEDS) .venv/run.stamp | var/secret_key
	@echo "Preparing the database and the demo project ..."
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo
	@touch $@
