# Two commands are all a newcomer needs:  make serve  and  make test.  Both set up what they need in .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
PEERS  := .venv-peers
HOST   ?= 127.0.0.1
PORT   ?= 8000
SUITES := build/suites
READERS := tests/network/javascript
WEB    := build/web/manifest.json
LIGHTHOUSE := bench/web
SUITE  := rdflib-7.1.4
# Those that tests/browser.py looks for.
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
SUDO   := $(shell test "$$(id -u)" = 0 || echo sudo)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where it is set, every process compiles every module it imports anew: half a second for a server.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help publish serve test suites readers browser web web-check build report check lint types contract format examples fonts lock bench bench-server bench-networks bench-web screenshots soak wheel clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

serve: build web ## set up, build the graph and its pages, and serve them on http://127.0.0.1:8000
	$(BIN)/asoen serve --host $(HOST) --port $(PORT)

test: $(VENV)/dev.stamp build web suites readers ## set up and run every test
	$(BIN)/pytest -n auto --dist worksteal
	$(NODE_PATH) npm test --prefix web --silent

web: $(WEB) ## bundle the scripts and styles of the pages into build/web

publish: build web ## the whole site as static files, with SPARQL in the browser, into build/site
	$(BIN)/asoen publish build/site

web-check: web/node_modules/.package-lock.json ## format, rules and types of the scripts of the pages
	$(NODE_PATH) npm run check --prefix web --silent

suites: $(SUITES)/w3c.stamp ## fetch the W3C's SPARQL tests into build/suites

readers: $(READERS)/node_modules/.package-lock.json ## install the programs that tests open network files with

browser: ## install a Chromium for the tests of HTML files, where there is none (with apt, as root or by sudo)
	@for name in $(BROWSERS); do command -v $$name && exit; done; $(SUDO) apt-get update -qq && \
	  $(SUDO) apt-get install -qq --no-install-recommends chromium

build: $(VENV)/runtime.stamp ## compile data/ into build/release
	$(BIN)/asoen build

report: build ## the quality report, into build/report
	$(BIN)/asoen report

check: $(VENV)/runtime.stamp ## check the curated data
	$(BIN)/asoen check
	$(BIN)/asoen tidy --check
	$(BIN)/asoen schema --check

lint: $(VENV)/dev.stamp ## ruff: format and rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## mypy, strict
	$(BIN)/mypy

contract: $(VENV)/dev.stamp ## the direction of imports
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## put code and data into canonical form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/asoen tidy
	$(BIN)/asoen schema

examples: $(VENV)/dev.stamp ## draw the pictures in docs/networks/examples anew
	$(BIN)/python tools/examples.py

fonts: $(VENV)/dev.stamp ## cut the fonts of pictures anew, from Debian's fonts-noto-core and fonts-noto-cjk
	$(BIN)/python tools/fonts.py /usr/share/fonts

bench: $(VENV)/dev.stamp build ## measure against a peer in the same run; writes the tables in bench/
	$(BIN)/python bench/query.py
	$(BIN)/python bench/curation.py

bench-server: $(VENV)/dev.stamp $(PEERS)/peers.stamp build ## measure the server against others; writes bench/SERVER.md
	$(BIN)/python bench/server/measure.py
	$(BIN)/python bench/server/runaway.py

bench-networks: $(VENV)/dev.stamp $(PEERS)/peers.stamp build ## measure networks against rdflib, networkx and matplotlib; writes bench/NETWORKS.md
	$(BIN)/python bench/network/measure.py

bench-web: $(VENV)/dev.stamp build web $(LIGHTHOUSE)/node_modules/.package-lock.json ## weigh and time the pages, with Lighthouse; writes bench/WEB.md
	$(NODE_PATH) $(BIN)/python bench/web/measure.py

screenshots: $(VENV)/dev.stamp build web ## pictures of every kind of page, into build/screenshots
	$(BIN)/python tools/screenshots.py

soak: $(VENV)/dev.stamp build ## ten minutes of everything at once, with processes killed; writes bench/SOAK.md
	$(BIN)/python bench/server/soak.py

wheel: $(VENV)/dev.stamp ## a wheel that carries ontology, queries and the built graph
	$(BIN)/python -m build --no-isolation

lock: $(VENV)/dev.stamp ## pin the dependencies anew (no addresses are written)
	$(BIN)/pip-compile $(LOCK_OPTIONS) -o requirements/runtime.lock pyproject.toml
	$(BIN)/pip-compile $(LOCK_OPTIONS) --extra dev -o requirements/dev.lock pyproject.toml
	$(BIN)/pip-compile $(filter-out --all-build-deps,$(LOCK_OPTIONS)) -o requirements/peers.lock requirements/peers.in
	$(BIN)/pip-compile $(filter-out --all-build-deps,$(LOCK_OPTIONS)) -o requirements/node.lock requirements/node.in
	npm update --prefix web --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved

LOCK_OPTIONS := --quiet --upgrade --strip-extras --allow-unsafe --generate-hashes --all-build-deps \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header --no-annotate

clean: ## remove what was built and the environment
	rm -rf build dist $(VENV) $(PEERS) $(READERS)/node_modules $(LIGHTHOUSE)/node_modules web/node_modules

# The project is installed in place, with the pinned build tools already there, so that nothing unpinned is fetched.
$(VENV)/runtime.stamp: requirements/runtime.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# pip asks the build tool of a source distribution for its metadata: the pinned one, which is there already.
$(SUITES)/w3c.stamp: requirements/suites.lock | $(VENV)/dev.stamp
	rm -rf $(SUITES)
	$(BIN)/python -m pip download --quiet --no-deps --no-binary rdflib --no-build-isolation --require-hashes -r $< -d $(SUITES)
	tar -xzf $(SUITES)/$(SUITE).tar.gz -C $(SUITES) --strip-components=5 \
	  $(addprefix $(SUITE)/test/data/suites/w3c/,dawg-data-r2 sparql11)
	touch $@

# The lock file pins every package by its hash. Node itself is a package of Python here.
$(READERS)/node_modules/.package-lock.json: $(READERS)/package-lock.json | $(VENV)/dev.stamp
	PATH="$(abspath $(BIN)):$$PATH" npm ci --prefix $(READERS) --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# The Node of the machine where it has one that is new enough, else the one that comes as a package of Python. A test of
# the scripts needs one that reads TypeScript, which is why the package wins where it is installed.
NODE_PATH = PATH="$(abspath $(BIN)):$$PATH"

$(VENV)/node.stamp: requirements/node.lock $(VENV)/runtime.stamp
	$(NODE_PATH) node -e 'process.exit(+process.versions.node.split(".")[0] < 20)' 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements/node.lock
	touch $@

$(LIGHTHOUSE)/node_modules/.package-lock.json: $(LIGHTHOUSE)/package-lock.json $(VENV)/node.stamp
	$(NODE_PATH) npm ci --prefix $(LIGHTHOUSE) --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

web/node_modules/.package-lock.json: web/package-lock.json $(VENV)/node.stamp
	$(NODE_PATH) npm ci --prefix web --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

$(WEB): $(shell find web/src web/style -type f) web/build.mjs web/node_modules/.package-lock.json
	$(NODE_PATH) npm run build --prefix web --silent

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/runtime.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	touch $@

# Servers we are measured against whose dependencies are none of ours.
$(PEERS)/peers.stamp: requirements/peers.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --require-hashes -r requirements/peers.lock
	touch $@
