/**
 * The crash matrix: every flow that moves money is stopped before and after every external call,
 * taken up again in every way, on a chain in every mood; then the money is counted.
 */
package io.berth.local.crashtests;
