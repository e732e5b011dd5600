/** Functions that show what they get, or do what functions should not. */
package io.berth.local.gateway.sample;
