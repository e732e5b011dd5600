/**
 * From a request to a lease whose provider has the manifest, beside what the chain itself needs.
 */
package io.berth.bench.lifecycle;
