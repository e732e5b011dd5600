package io.berth.local.devnet.modules.feegrant;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.modules.auth.AuthKeeper;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.feegrant.v1beta1.Grant;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Keeps the fee allowances. */
public final class FeegrantKeeper {

  static final ErrorCode FEE_LIMIT_EXCEEDED = new ErrorCode("feegrant", 2, "fee limit exceeded");
  static final ErrorCode EXPIRED = new ErrorCode("feegrant", 3, "fee allowance expired");
  // A query answers Internal for a missing allowance, as the SDK's does.
  static final ErrorCode NO_ALLOWANCE =
      new ErrorCode("feegrant", 5, Status.Code.INTERNAL, "no allowance");
  static final ErrorCode MESSAGE_NOT_ALLOWED = new ErrorCode("feegrant", 7, "message not allowed");

  private static final String GRANTS = "feegrant/grant/";

  private final AuthKeeper auth;

  public FeegrantKeeper(AuthKeeper auth) {
    this.auth = auth;
  }

  /** The allowance that one gives another. */
  public Optional<Grant> allowance(Reader state, String granter, String grantee) {
    return state.get(key(granter, grantee), Grant.class);
  }

  /** Every allowance by state key: ordered by grantee, then granter. */
  NavigableMap<String, Grant> allowances(Reader state) {
    return state.scan(GRANTS, Grant.class);
  }

  /** Grants an allowance, and makes the grantee's account when there is none. */
  public void grant(Context context, String granter, String grantee, Any packed) {
    if (context.has(key(granter, grantee))) {
      throw SdkErrors.INVALID_REQUEST.because("fee allowance already exists");
    }
    Allowance allowance = Allowance.of(packed).startedAt(context.time());
    if (allowance.expiration().filter(expiry -> expiry.isBefore(context.time())).isPresent()) {
      throw SdkErrors.INVALID_REQUEST.because("expiration is before current block time");
    }
    auth.createIfMissing(context, grantee);
    save(context, granter, grantee, allowance);
    context.emit("set_feegrant", "granter", granter, "grantee", grantee);
  }

  /** Takes an allowance back. */
  public void revoke(Context context, String granter, String grantee) {
    if (!context.has(key(granter, grantee))) {
      throw SdkErrors.NOT_FOUND.because("fee-grant not found");
    }
    context.delete(key(granter, grantee));
    context.emit("revoke_feegrant", "granter", granter, "grantee", grantee);
  }

  /** Takes a fee out of an allowance; one that is used up disappears. */
  public void use(
      Context context, String granter, String grantee, List<Coin> fee, List<Message> messages) {
    Allowance allowance =
        allowance(context, granter, grantee)
            .map(grant -> Allowance.of(grant.getAllowance()))
            .orElseThrow(NO_ALLOWANCE::refuse);
    Optional<Allowance> left = allowance.spend(fee, messages, context.time());
    context.emit("use_feegrant", "granter", granter, "grantee", grantee);
    left.ifPresentOrElse(
        rest -> save(context, granter, grantee, rest), () -> context.delete(key(granter, grantee)));
  }

  /** Drops allowances that ran out before the block, as the SDK's queue does. */
  public void forgetExpired(Context context) {
    Instant now = context.time();
    context
        .scan(GRANTS, Grant.class)
        .forEach(
            (key, grant) -> {
              Optional<Instant> expiry = Allowance.of(grant.getAllowance()).expiration();
              if (expiry.filter(time -> time.isBefore(now)).isPresent()) {
                context.delete(key);
              }
            });
  }

  private static void save(Context context, String granter, String grantee, Allowance allowance) {
    context.set(
        key(granter, grantee),
        Grant.newBuilder()
            .setGranter(granter)
            .setGrantee(grantee)
            .setAllowance(allowance.packed())
            .build());
  }

  private static String key(String granter, String grantee) {
    return GRANTS + grantee + "/" + granter;
  }
}
