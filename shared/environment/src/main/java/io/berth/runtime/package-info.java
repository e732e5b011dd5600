/**
 * What a function finds around it: settings, AWS clients, and the adapters that functions share.
 */
package io.berth.runtime;
