# The commands of the README. Everything else is ./mvnw.
SHELL := /bin/bash
.PHONY: test format

test: ## every test
	./mvnw verify

format: ## rewrites the sources in the one format
	./mvnw -q spotless:apply
