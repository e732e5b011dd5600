/** Users and their wallets. */
package io.berth.functions.account;
