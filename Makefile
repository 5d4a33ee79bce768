# Two commands on a fresh Debian or Ubuntu that has Python, make and git:
#   make demo   the main job, on an invented coalition
#   make test   every test
# Each lists what is missing, then installs it (sudo only when you are not root).

SHARED ?= ../shared
# The system's certificates, as everything else here trusts.
UV := UV_SYSTEM_CERTS=1 PATH="$(CURDIR)/.tools/bin:$$PATH" uv

.PHONY: demo test seeds pictures lint texts migration bench

demo:
	@sh .ci/prepare window
	@$(UV) run --locked --no-dev main.py demo

test:
	@sh .ci/prepare tests
	@LANG=C.UTF-8 $(UV) run --locked --extra test pytest -n auto --max-worker-restart=0 --dist loadgroup

seeds:
	@$(UV) run --locked --extra test python -m tests.seeds $(SHARED)

pictures:
	@$(UV) run --locked --extra test python -m tests.pictures

lint:
	@$(UV) run --locked ruff check
	@$(UV) run --locked ruff format --check
	@$(UV) run --locked mypy

texts:
	@mkdir -p build
	@$(UV) run --locked pybabel -q extract -F .ci/babel.ini -k _ -k _m -k marked -k n_:1,2 -k speak:2 --no-location --sort-output -o build/cosigne.pot crm ui main.py
	@$(UV) run --locked pybabel -q update -i build/cosigne.pot -o resources/locale/fr/LC_MESSAGES/cosigne.po -l fr --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100
	@$(UV) run --locked pybabel -q compile -i resources/locale/fr/LC_MESSAGES/cosigne.po -o resources/locale/fr/LC_MESSAGES/cosigne.mo

migration:
	@$(UV) run --locked python -m tests.upgrades.write "$(m)"
