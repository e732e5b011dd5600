/** How long functions take from the start of their JVM to their first answer. */
package io.berth.bench.coldstart;
