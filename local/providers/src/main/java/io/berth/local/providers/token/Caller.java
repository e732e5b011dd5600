package io.berth.local.providers.token;

/**
 * Who calls, as proven by a token or a certificate.
 *
 * @param owner bech32 address; every lease the caller can name is this account's
 */
public record Caller(String owner, Access access) {}
