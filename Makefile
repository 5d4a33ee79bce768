# Two commands on a fresh Debian or Ubuntu that has Python, make and git:
#   make demo   the main job, on an invented coalition
#   make test   every test
# Each lists what is missing, then installs it (sudo only when you are not root).

SHARED ?= ../shared
UV := PATH="$(CURDIR)/.tools/bin:$$PATH" uv

.PHONY: demo test seeds pictures lint lock bench

demo:
	@sh .ci/prepare window
	@$(UV) run --locked --no-dev main.py demo

test:
	@sh .ci/prepare tests
	@LANG=C.UTF-8 $(UV) run --locked --extra test pytest

seeds:
	@$(UV) run --locked --extra test python -m tests.seeds $(SHARED)

pictures:
	@$(UV) run --locked --extra test python -m tests.pictures

lint:
	@$(UV) run --locked ruff check
	@$(UV) run --locked ruff format --check
	@$(UV) run --locked mypy
