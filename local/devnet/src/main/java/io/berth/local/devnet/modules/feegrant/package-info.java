/** Fee allowances: who pays the fees of whom, up to what. */
package io.berth.local.devnet.modules.feegrant;
