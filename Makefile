# make run    installs, builds the index and serves the chat page on http://127.0.0.1:8000
# make test   installs and runs the tests
#
# SLIM=1      leaves out torch and sentence-transformers (seconds instead of minutes; answers the same)
# PYTHON=…    another Python than python3; 3.11 or newer
# JOBS=2      processes that the tests run in; 0 for one that a debugger can stop in
# STATUTES=…  a folder of statutes, for the long part of make bench
# uv is used where it is on the PATH, else pip; both keep to pip's own configuration.

PYTHON ?= python3
VENV ?= .venv
# The CPU build where pip is pointed to one (README, "Without a graphics card").
TORCH ?= torch==2.13.0
SLIM ?=
JOBS ?= 2
STATUTES ?=
ARGS ?=

BIN := $(VENV)/bin
PY := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null)

ifeq ($(filter-out 0,$(SLIM)),)
size := full
torch := "$(TORCH)"
run_extras := [embed]
test_extras := [dev,embed]
else
size := slim
torch :=
run_extras :=
test_extras := [dev]
endif

ifdef UV
# uv does not read pip's configuration: it is handed the folders of wheels that pip would look into.
wheels = $${UV_FIND_LINKS:-$${PIP_FIND_LINKS:-$$($(PY) -m pip config get global.find-links 2>/dev/null)}}
install = UV_FIND_LINKS="$$(printf '%s' "$(wheels)" | tr -s ' \n' ',')" uv pip install --python $(PY)
else
install = $(PY) -m pip install
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test slow check bench clean embed llm ocr peers postgres

help:
	@echo "make run    安装、建索引并打开聊天页 http://127.0.0.1:8000（SLIM=1 精简安装）   install, build, serve"
	@echo "make test   安装并运行测试                                             install, test"
	@echo "make check slow bench clean, make embed llm ocr peers postgres: README.md"

run: $(VENV)/.run-$(size)
	$(BIN)/yingda build
	@exec $(BIN)/yingda serve

test: $(VENV)/.test-$(size)
	$(PY) -m pytest -n $(JOBS) --dist loadfile $(ARGS)

slow: $(VENV)/.test-$(size)
	$(PY) -m pytest -m slow $(ARGS)

check: $(VENV)/.test-$(size)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m pytest tests/test_docs.py tests/test_size.py tests/test_imports.py

bench: $(VENV)/.test-$(size)
	$(PY) -m pytest tests/quality/test_floors.py tests/quality/test_alignment.py -rP
	$(PY) -m tests.quality.bench_product $(STATUTES)
	$(PY) -m tests.quality.bench_split
	$(PY) -m tests.quality.bench_messages
	$(PY) -m tests.quality.bench_intake
	$(PY) -m tests.quality.bench_search shipped
	$(if $(STATUTES),$(PY) -m tests.quality.bench_search scale "$(STATUTES)")
	$(if $(STATUTES),$(PY) -m tests.quality.apart_documents --statutes "$(STATUTES)" --questions tests/quality/statute-questions.jsonl)
	$(PY) -m tests.quality.risk_coverage
ifeq ($(size),full)
	$(PY) -m tests.quality.bench_peers
	$(PY) -m tests.quality.learning_curve --retrain
	$(PY) -m tests.quality.apart_documents --retrain
endif

# One extra, later: `make ocr` to read scans, `make llm` to draft questions, `make embed` to use or train embedding models,
# `make peers` to compare with LangChain, `make postgres` to keep the data on a PostgreSQL server.
ocr: $(VENV)/.made
	@echo "安装中 · installing: $@"
	@$(install) -e '.[ocr]'

llm: $(VENV)/.made
	@echo "安装中 · installing: $@"
	@$(install) -e '.[llm]'

postgres: $(VENV)/.made
	@echo "安装中 · installing: $@"
	@$(install) -e '.[postgres]'

peers: $(VENV)/.made
	@echo "安装中 · installing: $@"
	@$(install) -e '.[peers]'

embed: $(VENV)/.made
	@$(announce_torch)
	@echo "安装中 · installing: $@"
	@$(install) "$(TORCH)" -e '.[embed]'

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find indexes -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	find assistant bots tests -name __pycache__ -prune -exec rm -rf {} +

# The stamps: what is installed stays installed until pyproject.toml changes.
$(VENV)/.run-$(size): pyproject.toml | $(VENV)/.made
	@$(if $(torch),$(announce_torch))
	@echo "安装中 · installing: $@"
	@$(install) $(torch) -e '.$(run_extras)'
	@touch $@

$(VENV)/.test-$(size): pyproject.toml | $(VENV)/.made
	@$(if $(torch),$(announce_torch))
	@echo "安装中 · installing: $@"
	@$(install) $(torch) -e '.$(test_extras)'
	@touch $@

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 或更新的版本；装好后可写明用哪一个：make run PYTHON=python3.12"; \
	  echo "Python 3.11 or newer is needed; name it if it is not python3: make run PYTHON=python3.12"; exit 1; } >&2
ifdef UV
	uv venv --seed --allow-existing --python "$$(command -v $(PYTHON))" $(VENV)
else
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "缺少建立虚拟环境的组件，请先安装：sudo apt-get install python3-venv"; \
	  echo "Python's venv is missing; install it first: sudo apt-get install python3-venv"; exit 1; } >&2
	$(PYTHON) -m venv $(VENV)
endif
	@touch $@

# On Linux x86-64 the registry's own torch carries gigabytes for graphics cards: said before it is fetched.
define announce_torch
if [ "$$(uname -sm)" = "Linux x86_64" ] && ! $(PY) -c 'import torch' 2>/dev/null && \
   ! $(install) --dry-run --no-deps "$(TORCH)+cpu" >/dev/null 2>&1; then \
  echo "没有找到 torch 的 CPU 版，将下载带显卡支持的版本（数 GB）。10 秒内可按 Ctrl-C 停下，改用：make $(MAKECMDGOALS) SLIM=1"; \
  echo "No CPU build of torch found: the build for graphics cards (several GB) comes next. Ctrl-C within 10 s to stop;"; \
  echo "SLIM=1 does without torch, and the README tells how to point pip to CPU builds."; \
  sleep 10; \
fi
endef
