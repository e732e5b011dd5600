package io.berth.local.devnet.node;

import com.google.protobuf.Message;
import io.berth.local.devnet.Genesis;
import io.berth.local.devnet.ante.AnteHandler;
import io.berth.local.devnet.ante.TxDecoder;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Dec;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.modules.auth.AuthKeeper;
import io.berth.local.devnet.modules.auth.AuthQueries;
import io.berth.local.devnet.modules.authz.AuthzKeeper;
import io.berth.local.devnet.modules.authz.AuthzMessages;
import io.berth.local.devnet.modules.authz.AuthzQueries;
import io.berth.local.devnet.modules.bank.BankKeeper;
import io.berth.local.devnet.modules.bank.BankMessages;
import io.berth.local.devnet.modules.bank.BankQueries;
import io.berth.local.devnet.modules.cert.CertKeeper;
import io.berth.local.devnet.modules.cert.CertMessages;
import io.berth.local.devnet.modules.cert.CertQueries;
import io.berth.local.devnet.modules.deployment.DeploymentKeeper;
import io.berth.local.devnet.modules.deployment.DeploymentMessages;
import io.berth.local.devnet.modules.deployment.DeploymentQueries;
import io.berth.local.devnet.modules.deployment.EscrowListener;
import io.berth.local.devnet.modules.escrow.DepositGrants;
import io.berth.local.devnet.modules.escrow.EscrowKeeper;
import io.berth.local.devnet.modules.escrow.EscrowMessages;
import io.berth.local.devnet.modules.escrow.EscrowQueries;
import io.berth.local.devnet.modules.feegrant.FeegrantKeeper;
import io.berth.local.devnet.modules.feegrant.FeegrantMessages;
import io.berth.local.devnet.modules.feegrant.FeegrantQueries;
import io.berth.local.devnet.modules.market.MarketKeeper;
import io.berth.local.devnet.modules.market.MarketMessages;
import io.berth.local.devnet.modules.market.MarketQueries;
import io.berth.local.devnet.modules.provider.AuditQueries;
import io.berth.local.devnet.modules.provider.ProviderKeeper;
import io.berth.local.devnet.modules.provider.ProviderMessages;
import io.berth.local.devnet.modules.provider.ProviderQueries;
import io.grpc.BindableService;
import java.util.List;

/** All modules, wired: what a block's transactions run through and what queries read. */
public final class Application {

  /** What the nodes of this network take at least, in uakt per gas. */
  static final Dec MINIMUM_GAS_PRICE = Dec.parse("0.0025");

  private final AuthKeeper auth = new AuthKeeper();
  private final BankKeeper bank = new BankKeeper();
  private final FeegrantKeeper feegrant = new FeegrantKeeper(auth);
  private final AuthzKeeper authz = new AuthzKeeper(auth);
  private final EscrowKeeper escrow = new EscrowKeeper(bank, authz);
  private final DeploymentKeeper deployments = new DeploymentKeeper();
  private final MarketKeeper market = new MarketKeeper(escrow);
  private final ProviderKeeper providers = new ProviderKeeper();
  private final CertKeeper certificates = new CertKeeper();
  private final Router router = new Router();
  private final TxDecoder decoder;
  private final TxRunner runner;

  public Application() {
    escrow.onAccountClosed(new EscrowListener(deployments, market));
    DepositGrants deposits = new DepositGrants(bank, authz);
    new BankMessages(bank, auth).register(router);
    new FeegrantMessages(feegrant).register(router);
    new AuthzMessages(authz).register(router);
    new EscrowMessages(escrow, deposits).register(router);
    new DeploymentMessages(deployments, market, escrow, deposits).register(router);
    new MarketMessages(market, deployments, providers, escrow, deposits).register(router);
    new ProviderMessages(providers).register(router);
    new CertMessages(certificates).register(router);
    decoder = new TxDecoder(router);
    AnteHandler ante = new AnteHandler(auth, bank, feegrant, MINIMUM_GAS_PRICE);
    runner = new TxRunner(router, ante);
  }

  TxDecoder decoder() {
    return decoder;
  }

  TxRunner runner() {
    return runner;
  }

  /** The chain's own work at the start of each block. */
  void beginBlock(Context context) {
    auth.forgetExpiredNonces(context);
    authz.forgetExpired(context);
    feegrant.forgetExpired(context);
  }

  /** Puts balances and the effects of messages into the state, without fees or signatures. */
  void apply(Context context, Genesis genesis) {
    genesis
        .balances()
        .forEach(
            (address, coins) -> {
              auth.createIfMissing(context, address);
              coins.forEach(coin -> bank.mint(context, address, coin));
            });
    for (Message message : genesis.messages()) {
      Router.Route<?> route = router.of(message);
      route.check(message);
      route.run(context, message);
    }
  }

  /** The modules' query services. */
  List<BindableService> queries(StateSource source) {
    return List.of(
        new AuthQueries(source, auth),
        new BankQueries(source, bank),
        new FeegrantQueries(source, feegrant),
        new AuthzQueries(source, authz),
        new EscrowQueries(source),
        new DeploymentQueries(source, deployments, escrow),
        new MarketQueries(source, market, escrow),
        new ProviderQueries(source, providers),
        new AuditQueries(source, providers),
        new CertQueries(source, certificates));
  }
}
