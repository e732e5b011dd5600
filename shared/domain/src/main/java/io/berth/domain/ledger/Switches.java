package io.berth.domain.ledger;

/**
 * The operator's switches, as they stand now.
 *
 * @param signingHalted whether nothing at all may be signed
 * @param deploymentsClosed whether no new deployment may be signed; what there is goes on
 */
public record Switches(boolean signingHalted, boolean deploymentsClosed) {}
