package io.berth.local.devnet.modules.authz;

import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.modules.Times;
import io.berth.local.devnet.modules.auth.AuthKeeper;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.MsgAccountDeposit;
import io.berth.proto.cosmos.authz.v1beta1.GenericAuthorization;
import io.berth.proto.cosmos.authz.v1beta1.Grant;
import io.berth.proto.cosmos.authz.v1beta1.GrantAuthorization;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Keeps the grants. One granter gives one grantee one authorization per type of message. */
public final class AuthzKeeper {

  static final ErrorCode NOT_FOUND =
      new ErrorCode("authz", 2, Status.Code.NOT_FOUND, "authorization not found");
  static final ErrorCode INVALID_EXPIRATION =
      new ErrorCode(
          "authz", 3, "expiration time of authorization should be more than current time");
  static final ErrorCode GRANTEE_IS_GRANTER =
      new ErrorCode("authz", 7, "grantee and granter should be different");

  /** Under which type of message a deposit authorization is granted, found and revoked. */
  public static final String DEPOSIT = Router.typeUrl(MsgAccountDeposit.getDefaultInstance());

  private static final String GRANTS = "authz/grant/";

  private final AuthKeeper auth;

  public AuthzKeeper(AuthKeeper auth) {
    this.auth = auth;
  }

  /** Grants or replaces, and makes the grantee's account when there is none. */
  public void grant(Context context, String granter, String grantee, Grant grant) {
    if (isExpired(grant, context.time())) {
      throw INVALID_EXPIRATION.refuse();
    }
    auth.createIfMissing(context, grantee);
    String type = messageType(grant);
    save(context, granter, grantee, type, grant);
    context.emit(
        "cosmos.authz.v1beta1.EventGrant",
        "grantee",
        '"' + grantee + '"',
        "granter",
        '"' + granter + '"',
        "msg_type_url",
        '"' + type + '"');
  }

  /** Takes a grant back. */
  public void revoke(Context context, String granter, String grantee, String type) {
    String key = key(granter, grantee, type);
    if (!context.has(key)) {
      throw NOT_FOUND.refuse();
    }
    context.delete(key);
    context.emit(
        "cosmos.authz.v1beta1.EventRevoke",
        "grantee",
        '"' + grantee + '"',
        "granter",
        '"' + granter + '"',
        "msg_type_url",
        '"' + type + '"');
  }

  /** Every grant by state key: ordered by grantee, granter and type. */
  NavigableMap<String, GrantAuthorization> grants(Reader state) {
    return state.scan(GRANTS, GrantAuthorization.class);
  }

  /** The live deposit authorizations of a grantee, ordered by granter. */
  public List<DepositGrant> depositGrants(Context context, String grantee) {
    return context.scan(GRANTS + grantee + "/", GrantAuthorization.class).values().stream()
        .filter(grant -> !isExpired(bare(grant), context.time()))
        .flatMap(
            grant ->
                Packed.open(grant.getAuthorization(), DepositAuthorization.class)
                    .map(authorization -> new DepositGrant(grant, authorization))
                    .stream())
        .toList();
  }

  /** The deposit authorization of one pair, even an expired one that was not dropped yet. */
  public Optional<DepositGrant> depositGrant(Context context, String granter, String grantee) {
    return context
        .get(key(granter, grantee, DEPOSIT), GrantAuthorization.class)
        .flatMap(
            grant ->
                Packed.open(grant.getAuthorization(), DepositAuthorization.class)
                    .map(authorization -> new DepositGrant(grant, authorization)));
  }

  /** Writes a changed authorization back under its old expiration. */
  public void update(Context context, DepositGrant grant, DepositAuthorization authorization) {
    save(
        context,
        grant.granter(),
        grant.grant().getGrantee(),
        DEPOSIT,
        bare(grant.grant()).toBuilder().setAuthorization(Packed.any(authorization)).build());
  }

  /** Drops grants that ran out before the block. */
  public void forgetExpired(Context context) {
    context
        .scan(GRANTS, GrantAuthorization.class)
        .forEach(
            (key, grant) -> {
              if (isExpired(bare(grant), context.time())) {
                context.delete(key);
              }
            });
  }

  /**
   * A deposit authorization as it is stored.
   *
   * @param grant who gave it to whom, and until when
   * @param authorization what it allows
   */
  public record DepositGrant(GrantAuthorization grant, DepositAuthorization authorization) {

    /** Who gave it, and whose coins it spends. */
    public String granter() {
      return grant.getGranter();
    }
  }

  static Grant bare(GrantAuthorization grant) {
    Grant.Builder bare = Grant.newBuilder().setAuthorization(grant.getAuthorization());
    return grant.hasExpiration() ? bare.setExpiration(grant.getExpiration()).build() : bare.build();
  }

  static String messageType(GrantAuthorization grant) {
    return messageType(bare(grant));
  }

  private static String messageType(Grant grant) {
    if (grant.getAuthorization().is(DepositAuthorization.class)) {
      return DEPOSIT;
    }
    return Packed.open(grant.getAuthorization(), GenericAuthorization.class)
        .map(GenericAuthorization::getMsg)
        .orElseThrow(
            () ->
                SdkErrors.TX_DECODE.because(
                    "unable to resolve type URL " + grant.getAuthorization().getTypeUrl()));
  }

  private static boolean isExpired(Grant grant, Instant now) {
    return grant.hasExpiration() && Times.instant(grant.getExpiration()).isBefore(now);
  }

  private static void save(
      Context context, String granter, String grantee, String type, Grant grant) {
    GrantAuthorization.Builder stored =
        GrantAuthorization.newBuilder()
            .setGranter(granter)
            .setGrantee(grantee)
            .setAuthorization(grant.getAuthorization());
    if (grant.hasExpiration()) {
      stored.setExpiration(grant.getExpiration());
    }
    context.set(key(granter, grantee, type), stored.build());
  }

  private static String key(String granter, String grantee, String type) {
    return GRANTS + grantee + "/" + granter + type;
  }
}
