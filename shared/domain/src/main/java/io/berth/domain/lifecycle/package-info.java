/**
 * A deployment's way from SDL to running workload, step by step (DESIGN §5). A state machine calls
 * the steps; each may be repeated at any time and goes on from what it finds.
 */
package io.berth.domain.lifecycle;
