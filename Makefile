# run: the dashboard; test: everything; check: lint, types, fast tests; bench: the benchmark; data: rebuild the tables.
PORT ?= 8501
SOURCES ?= ../shared/sources
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: run test check bench data browser clean

run: $(VENV)/run
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev browser
	$(BIN)/pytest

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest tests/unit tests/app

bench: $(VENV)/dev browser
	$(BIN)/python -m tests.bench

data: $(VENV)/dev
	$(BIN)/python -m data.build $(SOURCES)

browser: $(VENV)/dev
	BIN=$(BIN) sh tests/browser/install.sh

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/run: requirements.txt
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
