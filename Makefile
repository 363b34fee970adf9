# Two commands do everything on a fresh machine with Python 3.11+, pip and make:
#   make digests   creates the environment, installs sahelsum and runs it on seeds/
#   make test      does the same for the tests
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: digests test test-fast lint bench sample wheel clean

digests: $(VENV)/installed
	$(BIN)/sahelsum run seeds/ --html

test: $(VENV)/installed-dev
	$(BIN)/pytest

# All but what loads models, starts a cluster, trains or builds a wheel: under a minute.
test-fast: $(VENV)/installed-dev
	$(BIN)/pytest -m "not slow"

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Speed and memory against other ways, into docs/performance.md: under 20 minutes on two cores with nothing else to do.
bench: $(VENV)/installed-dev
	$(BIN)/python benchmarks/everything.py --write

# The committed example of the output; made from scratch, so that it shows what a new user gets.
sample: $(VENV)/installed
	rm -rf outputs/sample
	$(BIN)/sahelsum run seeds/ --output outputs/sample
	rm -r outputs/sample/run.json outputs/sample/digest.json outputs/sample/data

wheel: $(VENV)/installed-dev
	$(BIN)/python -m build --wheel

$(VENV)/python:
	$(PYTHON) -m venv $(VENV)
	touch $@

# Said before pip begins, since nothing else would: what it is about to bring, and the way round.
TORCH_NOTICE = if ! $(BIN)/python -c 'import importlib.util as u; raise SystemExit(u.find_spec("torch") is None)'; then \
	echo 'Installing into $(VENV): some minutes, most of them for torch.'; \
	if [ "$$(uname -s)" = Linux ]; then \
	echo 'On Linux pip takes its CUDA build, several GB. The CPU build has about 200 MB: stop with Ctrl-C and'; \
	echo 'read "Which torch" in README.md.'; fi; fi

$(VENV)/installed: $(VENV)/python pyproject.toml constraints.txt
	@$(TORCH_NOTICE)
	$(PIP) install --constraint constraints.txt --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/python pyproject.toml constraints.txt
	@$(TORCH_NOTICE)
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
