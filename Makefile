# Essor: `make demo` to see it, `make test` to prove it. Needs only Python >= 3.11, Node >= 20 and make.
.DEFAULT_GOAL := help
.PHONY: help demo serve test test-distributed check audit bench bench-peers bench-lighthouse docs demonstration locks clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## Dire ce que chaque cible fait
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Essor demande Python 3.11 ou plus récent : installez-le, puis relancez."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || scripts/install-venv
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml requirements/dev.txt | $(VENV)/bin/python
	@echo "Installation dans $(VENV)…"
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

# What the pages load: Node makes it from the packages that the lock file pins.
THEME := src/essor/site/theme
PAGES := src/essor/site/static/essor/version

$(THEME)/node_modules/.package-lock.json: $(THEME)/package-lock.json
	@command -v npm >/dev/null || { echo "Essor demande Node 20 ou plus récent : installez-le, puis relancez."; exit 1; }
	@echo "Installation du thème des pages…"
	npm ci --prefix $(THEME) --silent

$(PAGES): $(THEME)/node_modules/.package-lock.json $(wildcard $(THEME)/*.scss $(THEME)/*.mjs $(THEME)/images/* $(THEME)/maps/*)
	npm run --prefix $(THEME) --silent build

# A room each for what would slow the others: Java's engine, and pandas, the peer of the benchmarks.
.venv-%/.installed: requirements/%.txt $(INSTALLED)
	$(PYTHON) -m venv .venv-$*
	.venv-$*/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	.venv-$*/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation -e .
	@touch $@

demo: $(INSTALLED) $(PAGES) ## Construire la démonstration embarquée, montrer ses chiffres, servir le site
	$(BIN)/essor demo

serve: $(INSTALLED) $(PAGES) ## Servir le site sur la version en service
	$(BIN)/essor serve

test: $(INSTALLED) $(PAGES) ## Lancer toute la suite (ce que la CI lance)
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n auto -m "not distributed"

test-distributed: .venv-spark/.installed ## Prouver que Spark donne les mêmes tables que DuckDB (Java 17)
	.venv-spark/bin/python -m pytest -m distributed tests/distributed

check: $(INSTALLED) ## Vérifier style, types, étages, code mort, documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/python -m scripts.reference --check
	$(BIN)/python -m scripts.audit

audit: $(INSTALLED) ## Chercher les vulnérabilités connues des dépendances ; échouer si l’on ne peut pas savoir
	ESSOR_AUDIT=required $(BIN)/python -m scripts.audit

bench: $(INSTALLED) .venv-bench/.installed ## Mesurer vitesse et mémoire à l’échelle nationale (12 Go de disque)
	$(BIN)/python -m benchmarks scale --pandas-python .venv-bench/bin/python
	$(MAKE) --no-print-directory bench-peers

bench-lighthouse: $(INSTALLED) $(PAGES) ## Mesurer les pages par Lighthouse (Chromium)
	npm ci --prefix benchmarks/lighthouse --silent
	$(BIN)/python -m benchmarks site-quality

# The peers that can be run here, beside Essor, on one core; BENCH names the folder of the measuring contract.
bench-peers: .venv-bench/lucene.jar ## Comparer recherche, rapprochement et lecture à PostgreSQL, Lucene, tantivy, TF-IDF
	taskset -c 0 $(BIN)/python -m benchmarks peers --organisations $(or $(ORGANISATIONS),200000) \
		--lucene $< $(if $(BENCH),--bench $(BENCH))

.venv-bench/lucene.jar: requirements/lucene.txt .venv-bench/.installed
	.venv-bench/bin/python -m pip download --quiet --no-deps --require-hashes -d .venv-bench/lucene -r $<
	tar -xzf .venv-bench/lucene/pyserini-*.tar.gz -C .venv-bench/lucene --strip-components=4 \
		--wildcards '*/jars/anserini-*-fatjar.jar'
	mv .venv-bench/lucene/anserini-*.jar $@

docs: $(INSTALLED) ## Récrire la documentation tirée du code
	$(BIN)/python -m scripts.reference

demonstration: $(INSTALLED) ## Dériver à nouveau les données de la démonstration
	$(BIN)/python -m scripts.demonstration

locks: ## Récrire les fichiers de versions, sans nommer d'hôte
	scripts/lock-requirements

clean: ## Retirer ce que les outils ont laissé
	rm -rf $(VENV) .venv-spark .venv-bench $(THEME)/node_modules src/essor/site/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
