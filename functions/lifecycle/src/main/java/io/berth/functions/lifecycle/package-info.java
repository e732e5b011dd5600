/**
 * The tasks of {@code deployment.asl.yaml}: each goes on with one step of one operation, and may be
 * called again at any moment.
 */
package io.berth.functions.lifecycle;
