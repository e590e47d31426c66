# Everything a person or CI needs; each target sets up what it misses.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check format nightly clean

$(BIN)/vaultkit: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev-installed: pyproject.toml constraints.txt $(BIN)/vaultkit
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(BIN)/vaultkit ## Run the main job on the project's own vault
	$(BIN)/vaultkit links vault --summary
	$(BIN)/vaultkit lint vault
	$(BIN)/vaultkit reconcile vault

test: $(VENV)/dev-installed ## The whole suite
	$(BIN)/python -m pytest -n 2 --dist loadfile -q

check: $(VENV)/dev-installed ## The definition of done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile -q
	@# Neither a later date nor other versions than the stamps name are a fault of the notes.
	$(BIN)/vaultkit lint vault --ignore outgrown-stamp,stale-note
	$(BIN)/vaultkit graph vault --check
	$(BIN)/vaultkit reconcile vault --check
	$(BIN)/vaultkit extract --check
	$(BIN)/vaultkit verify vault --require robust

format: $(VENV)/dev-installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

nightly: $(VENV)/dev-installed ## The laws on many more examples, and the slow tests
	HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -n 2 --dist loadfile -q -m ""

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
