/**
 * What the chain's modules share: the context of an execution, errors, amounts, events, routing.
 */
package io.berth.local.devnet.modules;
