# The commands the README promises. `make help` lists them.
export UV_COMPILE_BYTECODE ?= 1
export UV_PYTHON_DOWNLOADS ?= never
# A company's own certificate authority counts.
export UV_SYSTEM_CERTS ?= 1
export PYTHONDONTWRITEBYTECODE =
PYTHON ?= python3
UV := $(or $(shell command -v uv 2>/dev/null),.venv-uv/bin/uv)
PY := .venv/bin/python
DEMO ?= 1
ONLY ?=
# Three keep two cores busy: many tests wait for servers.
JOBS ?= 3

.PHONY: help run test test-fast check bench docs messages format clean python-is-new-enough

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.ok ## Everything in one terminal: databases, web, worker, beat, demo data
	@$(PY) manage.py up $(if $(filter 0,$(DEMO)),--no-demo,)

test: .venv/.ok ## Every test (ARGS="-k name" to choose)
	@$(PY) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

test-fast: .venv/.ok ## While developing: no browser, no real servers, nothing marked slow
	@$(PY) -m pytest -n $(JOBS) --dist worksteal -m "not slow" $(ARGS)

check: .venv/.ok ## Format, lint, types, import order, migrations, translations, templates
	@$(PY) tools/check.py

bench: .venv/.ok ## Benchmarks, each against its limit in the same run (ONLY=name)
	@$(PY) -m bench $(ONLY)

docs: .venv/.ok ## Rewrite the generated parts of docs/ from the code
	@$(PY) manage.py write_docs

messages: .venv/.ok ## Collect texts and compile the translations
	@$(PY) manage.py messages update

format: .venv/.ok ## Put the Python files into the house's format (templates keep their lines: white space is layout)
	@.venv/bin/ruff check -q --fix . ; .venv/bin/ruff format -q .

clean: ## Remove what was installed (never the data)
	rm -rf .venv .venv-uv

.venv/.ok: uv.lock | python-is-new-enough $(UV)
	@echo "Installing (about 10 s with a warm package cache) ..."
	@test -x $(PY) || $(UV) venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv
	@$(UV) sync -q --frozen --python $(PY)
	@touch $@

.venv-uv/bin/uv: | python-is-new-enough
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv-uv && .venv-uv/bin/pip install -q uv

python-is-new-enough:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed. Python 3.11 or newer is needed; make run PYTHON=/path/to/python chooses one."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Choose another one, for example: make run PYTHON=python3.12")'
