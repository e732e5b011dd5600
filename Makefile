# The commands of the README. Everything else is ./mvnw.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo test permissions torture fuzz bench-sdl format clean

CLASSPATH_FILE := local/stack/target/classpath
SOURCES := $(shell find shared functions local -path '*/src/main/*' -type f 2>/dev/null) \
           $(shell find . -maxdepth 4 -name pom.xml -not -path './.mvn/*')
JAVA = "$$(./mvnw --java-home)/bin/java"

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ —/'

run: $(CLASSPATH_FILE) ## builds what is missing and starts the whole system on this machine
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Main

demo: $(CLASSPATH_FILE) ## plays the main job against the running system
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Demo

test: ## every test
	./mvnw verify

permissions: ## writes docs/permissions.txt anew from template.yaml; its diff is to be reviewed
	./mvnw -q -pl local/stack test -Dtest=PermissionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dpermissions=write

# TORTURE_SEED draws the random parts of a run again.
TORTURE_SEED ?= 20261123

torture: ## the whole crash matrix: every flow stopped at every external call, in every weather
	./mvnw -q -pl local/torture test -Dtest=CrashMatrixTest -Dsurefire.failIfNoSpecifiedTests=false -Dtorture=all -Dtorture.seed=$(TORTURE_SEED)

# Jazzer comes by its coordinates; nothing else needs it. FUZZ_SECONDS bounds the run.
JAZZER_VERSION := 0.30.0
FUZZ_SECONDS ?= 60
FUZZ_CORPUS := shared/sdl/target/fuzz/corpus

fuzz: ## feeds the SDL reader with mutilated documents, for FUZZ_SECONDS (60)
	@./mvnw -q -pl shared/sdl test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz/classpath
	@./mvnw -q -pl shared/sdl dependency:copy -Dartifact=com.code-intelligence:jazzer:$(JAZZER_VERSION) "-DoutputDirectory=$(CURDIR)/shared/sdl/target/fuzz/jazzer"
	@./mvnw -q -pl shared/sdl dependency:copy -Dartifact=com.code-intelligence:jazzer-api:$(JAZZER_VERSION) "-DoutputDirectory=$(CURDIR)/shared/sdl/target/fuzz/jazzer"
	@mkdir -p $(FUZZ_CORPUS)
	@find shared/sdl/src/test/resources/fixtures -name input.yaml | while read -r file; do \
	  cp "$$file" "$(FUZZ_CORPUS)/$$(echo "$$file" | cksum | cut -d' ' -f1).yaml"; done
	@exec $(JAVA) -cp "shared/sdl/target/fuzz/jazzer/*:shared/sdl/target/classes:shared/sdl/target/test-classes:$$(cat shared/sdl/target/fuzz/classpath)" \
	  com.code_intelligence.jazzer.Jazzer --target_class=io.berth.sdl.SdlFuzzer --instrumentation_includes='io.berth.sdl.**' \
	  -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=1 -artifact_prefix=shared/sdl/target/fuzz/ --reproducer_path=shared/sdl/target/fuzz $(FUZZ_CORPUS)

bench-sdl: ## SDL text to hash, step by step, beside the official TypeScript SDK (about 7 minutes)
	@./mvnw -q -Pbench -pl bench/sdl compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
	@[ -d bench/sdl/ts/node_modules ] || (cd bench/sdl/ts && npm ci --ignore-scripts --silent --no-audit --no-fund)
	@exec $(JAVA) --sun-misc-unsafe-memory-access=allow -cp "bench/sdl/target/classes:$$(cat bench/sdl/target/classpath)" \
	  io.berth.bench.sdl.Compare bench/sdl/ts bench/sdl/target/documents

format: ## rewrites the sources in the one format
	./mvnw -q spotless:apply

clean: ## removes what was built
	./mvnw -q clean

# Compiles only: no tests, and nothing fetched that only tests need.
$(CLASSPATH_FILE): $(SOURCES)
	@echo "Building Berth (the first time fetches its dependencies)…"
	@./mvnw -q -pl local/stack compile dependency:build-classpath \
	  -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
	@touch $@
