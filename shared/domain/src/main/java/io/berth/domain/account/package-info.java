/** Users and their API keys. */
package io.berth.domain.account;
