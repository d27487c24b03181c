# run: the dashboard; test: everything; check: lint, types, known weaknesses, bill of materials, fast tests.
# bench, load, fuzz, access: how fast, for how many, against what, for whom; data: rebuild the tables.
PORT ?= 8501
SOURCES ?= ../shared/sources
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: run test check bench access load fuzz data tools clean

run: $(VENV)/run
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev tools
	$(BIN)/pytest --numprocesses 2 --dist loadfile

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pip-audit --requirement requirements.txt --no-deps --disable-pip
	$(BIN)/cyclonedx-py environment $(VENV) --output-reproducible --output-file sbom.json
	$(BIN)/pytest tests/unit tests/app

bench: $(VENV)/dev tools
	$(BIN)/python -m tests.bench

access: $(VENV)/dev tools
	$(BIN)/pytest -m walk

load: $(VENV)/dev
	$(BIN)/python -m tests.load

fuzz: $(VENV)/dev
	$(BIN)/python -m tests.fuzz 10000

data: $(VENV)/dev
	$(BIN)/python -m data.build $(SOURCES)

tools: $(VENV)/dev
	BIN=$(BIN) sh tests/install.sh

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/run: requirements.txt
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
