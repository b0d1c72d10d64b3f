# Thin on purpose: every target is an npm script, so that all of it works without make (on Windows: `npm run demo`).
.DEFAULT_GOAL := help
.PHONY: help demo test vectors conformance mutants soak chaos bench format clean tools

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

tools:
	@command -v node >/dev/null 2>&1 || { echo "kit-jwt needs Node.js 20.19 or newer, and no 'node' was found on the PATH." >&2; exit 1; }
	@command -v npm >/dev/null 2>&1 || { echo "kit-jwt needs npm, which comes with Node.js, and no 'npm' was found on the PATH." >&2; exit 1; }
	@node scripts/require.cjs

demo: tools ## install what is needed, then run the demo: two languages, real HTTP, chains, attacks, an issuer
	@npm run --silent demo

test: tools ## install what is needed, then run everything; the last line is the sum
	@npm run --silent test

vectors: tools ## write conformance/vectors again from their sources
	@npm run --silent vectors

conformance: tools ## run all vectors in every runtime, and print the table
	@npm run --silent conformance

mutants: tools ## break both cores on purpose and see that the vectors notice (long)
	@npm run --silent mutants

soak: tools ## rotate keys under load for 10 minutes while their endpoints fail
	@npm run --silent soak

chaos: tools ## kill, freeze, fill, demote and reshard Redis under load, five times in a row
	@npm run --silent chaos

bench: tools ## time both languages beside other libraries; a few minutes
	@npm run --silent bench

format: tools ## format the code of both languages
	@npm run --silent format

clean: ## remove what was installed and built
	@rm -rf node_modules packages/*/node_modules packages/*/dist examples/*/node_modules examples/*/dist .venv .make .turbo packages/*/.turbo
