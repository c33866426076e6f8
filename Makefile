# make run    the site on http://127.0.0.1:8001, with a PostgreSQL of its own (settings: README, e.g. make run PORT=8002)
# make test   everything that is checked: style, types, import rules, tests
# make prove  tries to sell a seat twice, lose a sale or strand a seat (LONG=1: as long as a release needs; SEED=…)
# make bench  how fast it is on this machine, against PostgreSQL and a plain implementation (SHORT=1: smaller sizes)
# make format puts the code in its style; make clean removes all that these made, but not the data in instance/

PYTHON_TOOLS = .venv/bin/python -m

# Compiled once, the code starts faster: not a choice of the machine's.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test prove bench format clean

run:
	@sh .ci/environment requirements.txt
	@exec .venv/bin/python -m webapp.launch $$PPID

test:
	@sh .ci/environment requirements-dev.txt
	$(PYTHON_TOOLS) ruff format --check
	$(PYTHON_TOOLS) ruff check
	$(PYTHON_TOOLS) mypy --strict webapp
	.venv/bin/python -c "from importlinter.cli import lint_imports_command as check; check()" --no-logo
	$(PYTHON_TOOLS) pytest --numprocesses auto $(TESTS)

prove:
	@sh .ci/environment requirements-dev.txt
	@$(PYTHON_TOOLS) bench.proof $(if $(LONG),--long) $(if $(SEED),--seed $(SEED))

bench:
	@sh .ci/environment requirements-dev.txt
	@$(PYTHON_TOOLS) bench $(if $(SHORT),--short) $(PARTS)

format:
	@sh .ci/environment requirements-dev.txt
	$(PYTHON_TOOLS) ruff format
	$(PYTHON_TOOLS) ruff check --fix

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
