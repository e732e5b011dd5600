/** Step Functions on this machine: state machines run as AWS runs them, behind its real API. */
package io.berth.local.stepfunctions;
