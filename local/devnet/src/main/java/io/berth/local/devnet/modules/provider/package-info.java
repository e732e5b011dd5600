/** Providers and what auditors attest of them. */
package io.berth.local.devnet.modules.provider;
