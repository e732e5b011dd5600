/** JSONata in state machines: values with expressions in them, and how these are evaluated. */
package io.berth.local.stepfunctions.query;
