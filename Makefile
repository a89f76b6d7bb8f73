# make demo and make test are all a newcomer needs; see README.md.
PREPARE = @sh setup/find-python setup/prepare.py
BIN = .venv/bin
export DJANGO_SETTINGS_MODULE = goldthread.ground.boot.django

.PHONY: demo test check style types floors migrations audit pinned bench resilience lock dev refresh front-end clean
.DEFAULT_GOAL := demo

demo: ## a fictional borough at http://127.0.0.1:8000; ARGS="--reset --size borough --port 8001"
	$(PREPARE)
	@exec $(BIN)/goldthread demo $(ARGS)

test: ## every test, on the embedded PostgreSQL and the system's, if it has one
	$(PREPARE) --dev --browser
	@$(BIN)/python -m pytest -n 3 --dist=loadfile --no-loadscope-reorder --postgres=both $(ARGS)

check: ## style, types, floors, migrations, known weaknesses of packages, pinned files; each is tried, whatever the others say
	$(PREPARE) --dev
	@$(MAKE) --no-print-directory --keep-going style types floors migrations audit pinned

style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

floors:
	$(BIN)/lint-imports --no-cache

migrations:
	$(BIN)/python setup/check_migrations.py

audit: ## known weaknesses of the locked packages, where the internet can be reached
	@$(BIN)/python setup/audit.py

pinned:
	$(BIN)/python -m pytest -q -m "architecture or pinned"

bench: ## ten boroughs' worth of records, and how quick the pages stay; see docs/benchmarks.md
	$(PREPARE) --dev
	@$(BIN)/python -m goldthread.bench $(ARGS)

resilience: ## what was acknowledged stays, whatever is killed; see docs/reliability.md
	$(PREPARE) --dev --patroni
	@$(BIN)/python -m pytest -m resilience --durations=0 tests/resilience $(ARGS)

lock: ## the newest versions that pyproject.toml and package.json allow
	$(PREPARE) --dev
	$(BIN)/python setup/lock.py

dev: ## the demo's database, served anew whenever the code changes
	$(PREPARE) --dev
	@exec $(BIN)/goldthread serve --reload $(ARGS)

refresh: ## the pinned files, written anew
	$(PREPARE) --dev
	$(BIN)/python -m pytest -q -m pinned --refresh

front-end: ## style sheets and scripts
	$(PREPARE)

clean: ## everything that was made, except the data in var
	rm -rf .venv build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
