/**
 * Runs a function under Lambda's Runtime API so that its answer leaves while it is being written.
 * Lambda's own Java runtime sends answers whole (docs/decisions/0012).
 */
package io.berth.streaming;
