package io.berth.local.devnet.node;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.berth.local.devnet.ante.AnteHandler;
import io.berth.local.devnet.ante.DecodedTx;
import io.berth.local.devnet.ante.Mode;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.store.GasMeter;
import io.berth.local.devnet.store.GasMeter.OutOfGasException;
import io.berth.local.devnet.store.MeteredStore;
import io.berth.local.devnet.store.Overlay;
import io.berth.proto.tendermint.abci.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one transaction: stateless checks, ante checks, messages. The ante's writes and the
 * messages' writes lie in overlays of their own, each written through only when its part succeeded.
 */
final class TxRunner {

  private final Router router;
  private final AnteHandler ante;

  TxRunner(Router router, AnteHandler ante) {
    this.router = router;
    this.ante = ante;
  }

  /** Runs a transaction on the state of a block, and writes what it changes into it. */
  TxOutcome run(Context block, DecodedTx tx, Mode mode) {
    GasMeter gas =
        new GasMeter(mode == Mode.SIMULATE ? GasMeter.UNLIMITED : tx.fee().getGasLimit());
    List<Event> events = new ArrayList<>();
    List<Any> responses = new ArrayList<>();
    try {
      checkMessages(tx);
      runAnte(block, tx, mode, gas, events);
      if (mode != Mode.CHECK) {
        runMessages(block, tx, gas, events, responses);
      }
      return outcome(tx, gas, Optional.empty(), "", events, responses);
    } catch (RefusedException e) {
      return outcome(tx, gas, Optional.of(e.error()), e.getMessage(), events, List.of());
    } catch (OutOfGasException e) {
      return outcome(tx, gas, Optional.of(SdkErrors.OUT_OF_GAS), e.getMessage(), events, List.of());
    } catch (RuntimeException e) {
      // The chain goes on after a panic in a handler; it reports it as this transaction's failure.
      String log = "recovered: " + e + ": panic";
      return outcome(tx, gas, Optional.of(SdkErrors.PANIC), log, events, List.of());
    }
  }

  private void checkMessages(DecodedTx tx) {
    if (tx.messages().isEmpty()) {
      throw SdkErrors.INVALID_REQUEST.because("must contain at least one message");
    }
    tx.messages().forEach(message -> router.of(message).check(message));
  }

  private void runAnte(Context block, DecodedTx tx, Mode mode, GasMeter gas, List<Event> events) {
    Overlay changes = new Overlay(block);
    Context context = block.on(new MeteredStore(changes, gas));
    ante.run(context, tx, mode, gas);
    changes.writeTo(block);
    events.addAll(context.events());
  }

  private void runMessages(
      Context block, DecodedTx tx, GasMeter gas, List<Event> events, List<Any> responses) {
    Overlay changes = new Overlay(block);
    Context context = block.on(new MeteredStore(changes, gas));
    for (int i = 0; i < tx.messages().size(); i++) {
      responses.add(runMessage(context.forMessage(i), tx.messages().get(i), i));
    }
    changes.writeTo(block);
    events.addAll(context.events());
  }

  private Any runMessage(Context context, Message message, int index) {
    Router.Route<?> route = router.of(message);
    context.emit(
        "message",
        "action",
        Router.typeUrl(message),
        "sender",
        route.signer(message),
        "module",
        route.module());
    try {
      route.run(context, message);
    } catch (RefusedException e) {
      throw e.prefixed("failed to execute message; message index: " + index);
    }
    return Packed.any(route.response());
  }

  private static TxOutcome outcome(
      DecodedTx tx,
      GasMeter gas,
      Optional<ErrorCode> error,
      String log,
      List<Event> events,
      List<Any> responses) {
    return new TxOutcome(
        error,
        log,
        tx.fee().getGasLimit(),
        gas.used(),
        List.copyOf(events),
        List.copyOf(responses));
  }
}
