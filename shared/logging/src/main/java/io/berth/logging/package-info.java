/**
 * What Berth's functions log and count: JSON lines for CloudWatch, with context, without secrets.
 */
package io.berth.logging;
