# Everything from nothing but Python >= 3.11, git and make: `make demo`, `make test`.
# The other targets are what .ci/run calls; CONTRIBUTING.md lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip -qq
KATEX := $(CURDIR)/build/katex
PYTEST := $(PY) -m pytest -q
PEERS := $(VENV)-peers/bin/python
PEERS_PYTEST := $(PEERS) -m pytest -q -n auto tests/formats/test_peers.py tests/oracles

# The first interpreter of the path that is new enough.
FIND_PYTHON = for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then echo "$$p"; break; fi; done

.PHONY: help demo demo-check test slow fuzz fuzz-check bench bench-numbers peers peers-test lint grammar format types layers \
	docs-test docs-update site site-check site-screens coverage katex pdf browser notebooks wheel clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# --- environments (stamp files, so that a second run starts at once) ---

$(VENV)/made:
	@p="$${PYTHON:-$$($(FIND_PYTHON))}"; \
	test -n "$$p" || { echo 'no Python >= 3.11 found; name one: make PYTHON=/path/to/python' >&2; exit 1; }; \
	echo "creating $(VENV) with $$("$$p" --version)"; "$$p" -m venv --clear $(VENV)
	@touch $@

# Editable: the sources are used where they are, and only a change of pyproject.toml installs again.
$(VENV)/run-time: $(VENV)/made pyproject.toml
	@echo 'installing symcausal into $(VENV)'
	@$(PIP) install --editable .
	@touch $@

# `--group` came with pip 25.1; the pip that venv brings may be older.
$(VENV)/dev: $(VENV)/run-time pyproject.toml
	@echo 'installing the development tools into $(VENV)'
	@$(PIP) install 'pip>=25.1'
	@$(PIP) install --group dev
	@touch $@

$(VENV)/site: $(VENV)/run-time pyproject.toml
	@echo 'installing what builds the site into $(VENV)'
	@$(PIP) install 'pip>=25.1'
	@$(PIP) install --group site
	@touch $@

$(VENV)/fuzz: $(VENV)/dev pyproject.toml
	@$(PIP) install --group fuzz
	@touch $@

$(VENV)/notebooks: $(VENV)/dev pyproject.toml
	@$(PIP) install --group notebooks
	@touch $@

$(VENV)/bench: $(VENV)/dev pyproject.toml
	@$(PIP) install --group bench
	@touch $@

# They bring many packages of their own, which shall not meet ours.
$(VENV)-peers/oracles: $(VENV)/made pyproject.toml
	@echo 'installing symcausal, pgmpy and pyAgrum into $(VENV)-peers'
	@$(PY) -m venv --clear $(VENV)-peers
	@$(PEERS) -m pip -qq install 'pip>=25.1'
	@$(PEERS) -m pip -qq install --editable . --group oracles
	@touch $@

$(VENV)-peers/all: $(VENV)-peers/oracles
	@echo 'installing the other peers into $(VENV)-peers'
	@$(PEERS) -m pip -qq install --group peers
	@touch $@

build/katex/installed:
	@mkdir -p $(KATEX)
	@npm install --prefix $(KATEX) --no-audit --no-fund --silent katex mathjax-full
	@touch $@

# --- what users run ---

# The lecture is a page of notes that fills itself; the other two are reports on its queries.
DEMO := build/demo
STUDENT := examples/student.model
QUERIES := 'P(I, D, S, G, L)' 'P(L)' 'P(I | L)' 'P(I | G, D)' 'P(L | do(G=A))' 'P(S | do(G=A))'

demo: $(VENV)/run-time  ## write build/demo/lecture.{md,tex,html} and show its heart
	@mkdir -p $(DEMO) && cp examples/lecture.md $(DEMO)/lecture.md
	@$(BIN)/symcausal fill $(DEMO)/lecture.md
	@for ending in tex html; do $(BIN)/symcausal report $(STUDENT) $(QUERIES) \
	  --title 'Seeing and doing in the student network' -o $(DEMO)/lecture.$$ending; done
	@for query in 'P(L)' 'P(I | L)' 'P(L | do(G=A))'; do echo; $(BIN)/symcausal derive $(STUDENT) "$$query"; done
	@echo; $(BIN)/symcausal compare examples/confounded.model 'P(L=strong | do(G=A))' 'P(L=strong | G=A)'
	@echo; echo 'Every step was checked. Written: $(DEMO)/lecture.md, lecture.tex, lecture.html'

demo-check: demo  ## let `symcausal check` read what the demo has written
	$(BIN)/symcausal fill --check $(DEMO)/lecture.md
	$(BIN)/symcausal check --strict $(DEMO)/lecture.md $(DEMO)/lecture.tex $(DEMO)/lecture.html

test: $(VENV)/dev  ## unit and property tests
	$(PYTEST) -n auto

# --- what CI runs besides ---

slow: $(VENV)/dev  ## proofs over thousands of random models; make slow DEPTH=5 for more
	SYMCAUSAL_DEPTH=$(or $(DEPTH),1) $(PYTEST) -n auto -m slow

bench: $(VENV)/bench  ## ratios of times, measured in one run
	$(PY) tests/benchmarks/startup.py
	$(PYTEST) -m bench -s

peers-test: $(VENV)-peers/oracles  ## the tests that ask pgmpy and pyAgrum
	$(PEERS_PYTEST)

peers: $(VENV)-peers/all  ## the same on large networks, and everything measured beside other packages
	$(PEERS_PYTEST) -m 'slow or not slow'
	$(PEERS) -m tests.benchmarks.identify_peers
	$(PEERS) -m tests.benchmarks.worlds_peers
	$(PEERS) -W ignore -m tests.benchmarks.goals

bench-numbers: $(VENV)-peers/all  ## what closed forms cost beside other packages; GOALS='A C' for some
	$(PEERS) -W ignore -m tests.benchmarks.goals $(GOALS)
	$(PEERS) -m tests.benchmarks.growth build/growth.png

fuzz: $(VENV)/fuzz  ## search for texts that break a reader; make fuzz SECONDS=600
	$(PY) -m tests.fuzz.guided $(or $(SECONDS),60)

fuzz-check: $(VENV)/dev  ## search for claims that check judges wrongly, as long for graphs as for numbers; SECONDS=600
	$(PY) -m tests.notes.fuzz identities $(or $(SECONDS),60)
	$(PY) -m tests.notes.fuzz numbers $(or $(SECONDS),60)

lint: $(VENV)/dev  ## ruff, as linter and as formatter; whether the grammar's tables are current
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PY) -m symcausal.reading.compile_grammar --check

grammar: $(VENV)/dev  ## compile the grammar into its tables
	$(PY) -m symcausal.reading.compile_grammar

format: $(VENV)/dev  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/dev  ## mypy --strict
	$(BIN)/mypy

layers: $(VENV)/dev  ## imports only point down
	$(BIN)/lint-imports --no-cache

docs-test: $(VENV)/dev  ## run the examples of the README, of docs/ and of the docstrings
	$(PYTEST) -n auto -m docs tests/docs
	$(PYTEST) --doctest-modules symcausal

docs-update: $(VENV)/dev  ## write the rules page, the pictures, and the output of the command line into the pages
	$(PY) -m docs.generate_rules
	$(PY) -m docs.generate_pictures
	$(PY) -m tests.docs.update

site: $(VENV)/site build/katex/installed  ## build the documentation as a site that needs no network, in build/site
	$(PY) -m docs.website.build $(KATEX)/node_modules/katex

site-check: site  ## build the site, and open every page in Chromium, on a small and on a large screen
	@$(MAKE) site-screens

site-screens: $(VENV)/dev  ## the same with the site that is in build/site
	@test -f build/site/index.html || { echo 'there is no build/site: make site' >&2; exit 1; }
	$(PY) -m docs.website.screens

coverage: $(VENV)/dev  ## branch coverage of the fast tests
	$(BIN)/coverage run -m pytest -q
	$(BIN)/coverage report

katex: $(VENV)/dev build/katex/installed demo  ## every formula that we print, through KaTeX and MathJax
	SYMCAUSAL_KATEX=$(KATEX) $(PYTEST) -m katex

pdf: $(VENV)/dev demo  ## the demo document, all awkward names, and what has to fit a page, through pdflatex
	$(PYTEST) -m latex

browser: $(VENV)/dev  ## web pages in Chromium, on screens of three widths
	$(PYTEST) -m browser

notebooks: $(VENV)/notebooks  ## what IPython and marimo show of everything
	$(PYTEST) -m notebooks

wheel: $(VENV)/dev  ## build the wheel and use it in a fresh environment, with and without a type checker
	@rm -rf build/wheel build/wheel-venv
	$(PIP) wheel --no-deps --wheel-dir build/wheel .
	$(PY) -m venv build/wheel-venv
	build/wheel-venv/bin/python -m pip -qq install build/wheel/symcausal-*.whl
	cd build/wheel && ../wheel-venv/bin/python -I ../../tests/installed.py
	cp tests/stranger/script.py build/wheel/stranger.py
	cd build/wheel && ../../$(BIN)/mypy --strict --config-file= --python-executable ../wheel-venv/bin/python stranger.py
	cd examples && ../build/wheel-venv/bin/python -I ../build/wheel/stranger.py >/dev/null

clean:  ## remove what was built
	rm -rf $(VENV) $(VENV)-peers build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
