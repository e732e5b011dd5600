/**
 * Takes a deployment from SDL to running workload, step by step
 * (docs/decisions/0009-lifecycle-as-a-state-machine.md). A state machine calls the steps. Each may
 * be repeated at any time and continues from the current state.
 */
package io.berth.domain.lifecycle;
