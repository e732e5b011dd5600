# The commands of the README. Everything else is ./mvnw.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo test format clean

CLASSPATH_FILE := local/stack/target/classpath
SOURCES := $(shell find shared functions local -path '*/src/main/*' -type f 2>/dev/null) \
           $(shell find . -maxdepth 4 -name pom.xml -not -path './.mvn/*')
JAVA = "$$(./mvnw --java-home)/bin/java"

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ —/'

run: $(CLASSPATH_FILE) ## builds what is missing and starts the whole system on this machine
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Main

demo: $(CLASSPATH_FILE) ## plays the main job against the running system
	@exec $(JAVA) @local/jvm.options -cp "local/stack/target/classes:$$(cat $(CLASSPATH_FILE))" io.berth.local.stack.Demo

test: ## every test
	./mvnw verify

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
