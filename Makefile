# The commands of the README. Everything else is ./mvnw.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo clients guide test judges package permissions packages torture fuzz fuzz-provider bench-sdl bench-cold-start bench-authorizer bench-ledger bench-lifecycle format clean

CLASSPATH_FILE := local/stack/target/classpath
SOURCES := $(shell find shared functions local -path '*/src/main/*' -type f 2>/dev/null) \
           $(shell find ui -type f -not -path '*/node_modules/*' -not -path '*/target/*') docs/openapi.yaml \
           $(shell find . -maxdepth 4 -name pom.xml -not -path './.mvn/*')
comma := ,
empty :=
FUNCTION_MODULES := $(subst $(empty) $(empty),$(comma),$(patsubst %/pom.xml,%,$(wildcard functions/*/pom.xml)))
JAVA = "$$(./mvnw --java-home)/bin/java"

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ —/'

run: $(CLASSPATH_FILE) ## builds what is missing and starts the whole system on this machine
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Main

demo: $(CLASSPATH_FILE) ## plays the main job against the running system
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Demo

test: ## every test
	./mvnw verify

judges: ## the tests of what talks to AWS, on emulators of others: moto, ministack, and a LocalStack that it installs and starts
	./mvnw -Pjudges -pl local/emulators test -Dtest='io.berth.store.*Test,io.berth.local.emulators.*Test' -Dsurefire.failIfNoSpecifiedTests=false

clients: ## clients generated from docs/openapi.yaml: Java in clients/java/target, TypeScript in clients/typescript/target
	./mvnw -q -pl clients/java,clients/typescript package -Dmaven.test.skip

guide: ## the guide as a static site, in ui/target/classes/io/berth/ui/guide
	./mvnw -q -pl ui compile

package: ## what `sam deploy` uploads, in target/package: functions, layer, SBOM, licences, sizes
	@echo "Building…"
	@./mvnw -q -Ppackage -pl $(FUNCTION_MODULES) package -Dmaven.test.skip
	@layers/package.sh

packages: ## writes docs/packages.txt anew from the build; its diff is to be reviewed
	./mvnw -q -pl local/stack test -Dtest=PackagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dpackages=write

permissions: ## writes docs/permissions.txt anew from template.yaml; its diff is to be reviewed
	./mvnw -q -pl local/stack test -Dtest=PermissionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dpermissions=write

# TORTURE_SEED draws the random parts of a run again.
TORTURE_SEED ?= 20261123

torture: ## the whole crash matrix, the lifecycle stopped and disturbed wherever it can be, and 2,000 histories of the ledger
	./mvnw -q -pl local/torture test -Dtest=CrashMatrixTest,LifecycleCrashTest,LifecycleChaosTest,LedgerPropertiesTest -Dsurefire.failIfNoSpecifiedTests=false -Dtorture=all -Dtorture.seed=$(TORTURE_SEED) -Djqwik.tries.default=2000

# Jazzer comes by its coordinates; nothing else needs it. FUZZ_SECONDS bounds the run.
JAZZER_VERSION := 0.30.0
FUZZ_SECONDS ?= 60
FUZZ = $(FUZZ_MODULE)/target/fuzz

fuzz: FUZZ_MODULE := shared/sdl
fuzz: FUZZ_TARGET := io.berth.sdl.SdlFuzzer
fuzz: FUZZ_CODE := io.berth.sdl.**
fuzz-provider: FUZZ_MODULE := shared/provider
fuzz-provider: FUZZ_TARGET := io.berth.provider.ProviderFuzzer
fuzz-provider: FUZZ_CODE := io.berth.provider.**:org.java_websocket.**

fuzz: ## feeds the SDL reader with mutilated documents, for FUZZ_SECONDS (60)
fuzz-provider: ## feeds the readers of what providers send with mutilated answers, frames and certificates
fuzz fuzz-provider:
	@./mvnw -q -pl $(FUZZ_MODULE) test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz/classpath
	@./mvnw -q -pl $(FUZZ_MODULE) dependency:copy -Dartifact=com.code-intelligence:jazzer:$(JAZZER_VERSION) "-DoutputDirectory=$(CURDIR)/$(FUZZ)/jazzer"
	@./mvnw -q -pl $(FUZZ_MODULE) dependency:copy -Dartifact=com.code-intelligence:jazzer-api:$(JAZZER_VERSION) "-DoutputDirectory=$(CURDIR)/$(FUZZ)/jazzer"
	@mkdir -p $(FUZZ)/corpus
	@find $(FUZZ_MODULE)/src/test/resources/fixtures -name input.yaml 2> /dev/null | while read -r file; do \
	  cp "$$file" "$(FUZZ)/corpus/$$(echo "$$file" | cksum | cut -d' ' -f1).yaml"; done
	@exec $(JAVA) -cp "$(FUZZ)/jazzer/*:$(FUZZ_MODULE)/target/classes:$(FUZZ_MODULE)/target/test-classes:$$(cat $(FUZZ)/classpath)" \
	  com.code_intelligence.jazzer.Jazzer --target_class=$(FUZZ_TARGET) --instrumentation_includes='$(FUZZ_CODE)' \
	  -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=1 -artifact_prefix=$(FUZZ)/ --reproducer_path=$(FUZZ) $(FUZZ)/corpus

bench-sdl: ## SDL text to hash, step by step, beside the official TypeScript SDK (about 7 minutes)
	@./mvnw -q -Pbench -pl bench/sdl compile dependency:build-classpath -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@[ -d bench/sdl/ts/node_modules ] || (cd bench/sdl/ts && npm ci --ignore-scripts --silent --no-audit --no-fund)
	@exec $(JAVA) --sun-misc-unsafe-memory-access=allow -cp "bench/sdl/target/classes:$$(cat bench/sdl/target/classpath)" \
	  io.berth.bench.sdl.Compare bench/sdl/ts bench/sdl/target/documents

# Runs of each function in each way, and which functions (logical ids; none for all).
COLD_START_RUNS ?= 10
COLD_START_FUNCTIONS ?= AuthorizerFunction ListApiKeysFunction CreateApiKeyFunction GetDeploymentFunction ListDeploymentsFunction ListBidsFunction SignTransactionFunction

bench-cold-start: package ## from the start of a function's JVM to its first answer, in several ways (about 10 minutes)
	@./mvnw -q -Pbench -pl bench/cold-start compile dependency:build-classpath -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@exec $(JAVA) @local/jvm.options -cp "bench/cold-start/target/classes:$$(cat bench/cold-start/target/classpath)" \
	  io.berth.bench.coldstart.ColdStart target/package $(COLD_START_RUNS) $(COLD_START_FUNCTIONS)

bench-authorizer: ## what the authorizer costs, as a ratio of a read without it (about 2 minutes)
	@./mvnw -q -pl local/stack test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
	@for seconds in 0 60; do $(JAVA) @local/jvm.options \
	  -cp "local/stack/target/test-classes:local/stack/target/classes:$$(cat local/stack/target/test-classpath)" \
	  io.berth.local.stack.AuthorizerBench $$seconds; done

bench-ledger: ## committed transactions a second: one wallet and many, unordered and ordered (about 4 minutes)
	@./mvnw -q -pl local/torture test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test
	@exec $(JAVA) @local/jvm.options -Djava.util.logging.config.file=local/logging.properties \
	  -cp "local/torture/target/test-classes:$$(cat local/torture/target/classpath)" io.berth.local.torture.LedgerBenchmark

# Runs of each way, and how many users deploy at the same time.
LIFECYCLE_RUNS ?= 20
LIFECYCLE_USERS ?= 4

bench-lifecycle: ## from a request to a lease with its manifest, beside the blocks that takes and the peer's way (about 10 minutes)
	@./mvnw -q -Pbench -pl bench/lifecycle compile dependency:build-classpath -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@exec $(JAVA) @local/jvm.options -cp "bench/lifecycle/target/classes:$$(cat bench/lifecycle/target/classpath)" \
	  io.berth.bench.lifecycle.Lifecycle $(LIFECYCLE_RUNS) $(LIFECYCLE_USERS)

format: ## rewrites the sources in the one format
	./mvnw -q spotless:apply

clean: ## removes what was built
	./mvnw -q clean

# Compiles only: no tests, and nothing fetched that only tests need.
$(CLASSPATH_FILE): $(SOURCES)
	@echo "Building Berth (the first time fetches its dependencies)…"
	@./mvnw -q -pl local/stack compile dependency:build-classpath \
	  -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@touch $@
