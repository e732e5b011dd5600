# Commands for people. Everything else is ./mvnw.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo clients guide test judges package permissions packages crash-tests fuzz fuzz-provider bench-sdl bench-cold-start bench-authorizer bench-creates bench-ledger bench-lifecycle format clean

CLASSPATH_FILE := local/stack/target/classpath
SOURCES := $(shell find shared functions local -path '*/src/main/*' -type f 2>/dev/null) \
           $(shell find ui -type f -not -path '*/node_modules/*' -not -path '*/target/*') docs/openapi.yaml \
           $(shell find . -maxdepth 4 -name pom.xml -not -path './.mvn/*')
comma := ,
empty :=
FUNCTION_MODULES := $(subst $(empty) $(empty),$(comma),$(patsubst %/pom.xml,%,$(wildcard functions/*/pom.xml)))
JAVA = "$$(./mvnw --java-home)/bin/java"

##@ Local system

help: ## Show this list
	@awk 'BEGIN {FS = ":[^#]*## "} \
	  /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(CLASSPATH_FILE) ## Build what is missing and start the whole system on this machine
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Main

demo: $(CLASSPATH_FILE) ## Run the main job against the running system
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Demo

##@ Build and test

test: ## Run every test
	./mvnw verify -T 1C

judges: ## Run the tests of AWS adapters on moto, ministack and LocalStack
	./mvnw -Pjudges -pl local/emulators test -Dtest='io.berth.store.*Test,io.berth.local.emulators.*Test' -Dsurefire.failIfNoSpecifiedTests=false

clients: ## Generate the Java and TypeScript clients into clients/*/target
	./mvnw -q -pl clients/java,clients/typescript package -Dmaven.test.skip

guide: ## Build the guide as a static site into ui/target/classes/io/berth/ui/guide
	./mvnw -q -pl ui compile

package: ## Build what `sam deploy` uploads into target/package
	@echo "Building…"
	@./mvnw -q -Ppackage -pl $(FUNCTION_MODULES) package -Dmaven.test.skip
	@layers/package.sh

packages: ## Write docs/packages.txt from the build; review its diff
	./mvnw -q -pl local/stack test -Dtest=PackagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dpackages=write

permissions: ## Write docs/permissions.txt from template.yaml; review its diff
	./mvnw -q -pl local/stack test -Dtest=PermissionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dpermissions=write

##@ Long tests

# CRASH_TESTS_SEED repeats the random parts of a run.
CRASH_TESTS_SEED ?= 20261123

crash-tests: ## Run every interruption of the crash matrix and the lifecycle, and 2,000 histories
	./mvnw -q -pl local/crash-tests test -Dtest=CrashMatrixTest,StoreFaultsTest,LifecycleCrashTest,LifecycleChaosTest,LedgerPropertiesTest -Dsurefire.failIfNoSpecifiedTests=false -Dcrash-tests=all -Dcrash-tests.seed=$(CRASH_TESTS_SEED) -Djqwik.tries.default=2000

# Jazzer is fetched by its coordinates; only fuzzing needs it. FUZZ_SECONDS limits the run.
JAZZER_VERSION := 0.30.0
FUZZ_SECONDS ?= 60
FUZZ = $(FUZZ_MODULE)/target/fuzz

fuzz: FUZZ_MODULE := shared/sdl
fuzz: FUZZ_TARGET := io.berth.sdl.SdlFuzzer
fuzz: FUZZ_CODE := io.berth.sdl.**
fuzz-provider: FUZZ_MODULE := shared/provider
fuzz-provider: FUZZ_TARGET := io.berth.provider.ProviderFuzzer
fuzz-provider: FUZZ_CODE := io.berth.provider.**:org.java_websocket.**

fuzz: ## Fuzz the SDL reader for FUZZ_SECONDS (60)
fuzz-provider: ## Fuzz the readers of providers' responses, frames and certificates
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

##@ Benchmarks

bench-sdl: ## SDL to hash, compared with the official TypeScript SDK (about 7 minutes)
	@./mvnw -q -Pbench -pl bench/sdl compile dependency:build-classpath -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@[ -d bench/sdl/ts/node_modules ] || (cd bench/sdl/ts && npm ci --ignore-scripts --silent --no-audit --no-fund)
	@exec $(JAVA) --sun-misc-unsafe-memory-access=allow -cp "bench/sdl/target/classes:$$(cat bench/sdl/target/classpath)" \
	  io.berth.bench.sdl.Compare bench/sdl/ts bench/sdl/target/documents

# Runs per function and variant, and the functions (logical ids; empty for all).
COLD_START_RUNS ?= 10
COLD_START_FUNCTIONS ?= AuthorizerFunction ListApiKeysFunction CreateApiKeyFunction GetDeploymentFunction ListDeploymentsFunction ListBidsFunction SignTransactionFunction

bench-cold-start: package ## Start of a function's JVM to its first response, in several variants (about 10 minutes)
	@./mvnw -q -Pbench -pl bench/cold-start compile dependency:build-classpath -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@exec $(JAVA) @local/jvm.options -cp "bench/cold-start/target/classes:$$(cat bench/cold-start/target/classpath)" \
	  io.berth.bench.coldstart.ColdStart target/package $(COLD_START_RUNS) $(COLD_START_FUNCTIONS)

# All compilers, as Lambda's Java 25 uses with SnapStart.
BENCH_OPTIONS = @local/jvm.options -XX:TieredStopAtLevel=4

bench-authorizer: ## Cost of the authorizer, as a ratio of a read without it (about 2 minutes)
	@./mvnw -q -pl local/stack test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
	@for seconds in 0 60; do $(JAVA) $(BENCH_OPTIONS) \
	  -cp "local/stack/src/bench/resources:local/stack/target/test-classes:local/stack/target/classes:$$(cat local/stack/target/test-classpath)" \
	  io.berth.local.stack.AuthorizerBench $$seconds; done

bench-creates: ## 100 creates by 25 callers, and store calls and capacity units of each request (about 4 minutes)
	@./mvnw -q -pl local/stack test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
	@exec $(JAVA) $(BENCH_OPTIONS) \
	  -cp "local/stack/src/bench/resources:local/stack/target/test-classes:local/stack/target/classes:$$(cat local/stack/target/test-classpath)" \
	  io.berth.local.stack.CreatesBench

bench-ledger: ## Committed transactions per second: one wallet and many, unordered and ordered (about 5 minutes)
	@./mvnw -q -pl local/crash-tests test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test
	@exec $(JAVA) @local/crash-tests/bench.options \
	  -cp "local/crash-tests/target/test-classes:$$(cat local/crash-tests/target/classpath)" io.berth.local.crashtests.LedgerBenchmark

# Runs per variant, and the number of users that deploy at the same time.
LIFECYCLE_RUNS ?= 20
LIFECYCLE_USERS ?= 4

bench-lifecycle: ## Request to lease with manifest, compared with the required blocks and with Console (about 10 minutes)
	@./mvnw -q -Pbench -pl bench/lifecycle compile dependency:build-classpath -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@exec $(JAVA) @local/jvm.options -cp "bench/lifecycle/target/classes:$$(cat bench/lifecycle/target/classpath)" \
	  io.berth.bench.lifecycle.Lifecycle $(LIFECYCLE_RUNS) $(LIFECYCLE_USERS)

##@ Sources

format: ## Format the sources
	./mvnw -q spotless:apply

clean: ## Delete build results
	./mvnw -q clean

# Compiles only: runs no tests and fetches nothing that only tests need.
$(CLASSPATH_FILE): $(SOURCES)
	@echo "Building Berth (the first time fetches its dependencies)…"
	@./mvnw -q -pl local/stack compile dependency:build-classpath \
	  -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@touch $@
