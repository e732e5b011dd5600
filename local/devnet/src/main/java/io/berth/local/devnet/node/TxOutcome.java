package io.berth.local.devnet.node;

import com.google.protobuf.Any;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.proto.tendermint.abci.Event;
import java.util.List;
import java.util.Optional;

/**
 * What became of one run of a transaction.
 *
 * @param error why it failed; empty when it succeeded
 * @param log the node's text about the failure
 * @param gasWanted the declared limit
 * @param gasUsed what it used
 * @param events what it left; a failed one leaves those of its fee
 * @param responses one answer per message; none when it failed
 */
record TxOutcome(
    Optional<ErrorCode> error,
    String log,
    long gasWanted,
    long gasUsed,
    List<Event> events,
    List<Any> responses) {

  int code() {
    return error.map(ErrorCode::code).orElse(0);
  }

  String codespace() {
    return error.map(ErrorCode::codespace).orElse("");
  }
}
