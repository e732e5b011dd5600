/** Authorizations: what one account may do in the name of another, here deposits into escrow. */
package io.berth.local.devnet.modules.authz;
