/** The Amazon States Language: what a state machine's definition says. */
package io.berth.local.stepfunctions.asl;
