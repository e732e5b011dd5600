/** What the funding wallet grants to users' wallets, and how it is changed without losing any. */
package io.berth.domain.funding;
