package io.berth.local.crashtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.certificate.KeyedCertificate;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.domain.funding.Credit;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.request.Answer;
import io.berth.domain.request.KeyedRequest;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries.Start;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import io.berth.store.DynamoWallets;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The flows that send transactions. Their situations are made by a process that nothing stops. */
enum Flows {
  ACTIVATE {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          activate(process, user);
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          activate(process, user);
        }

        @Override
        public void checkOnce() {
          String address = activate(calm, user).address();
          assertThat(world.moneyOf(address)).isEqualByComparingTo(credit());
          assertThat(world.node.feeAllowance(world.funding(), address))
              .contains(Coin.uakt(World.FEES_UAKT));
        }
      };
    }
  },

  CREATE {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      String address = activate(calm, user).address();
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          keyed(
              process,
              user,
              id ->
                  process.writer.commit(
                      process.writer.request(id, user, Sdls.web("1.27"), Coin.uact(5_000_000))));
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          Optional<RequestId> id = requestId(process, user);
          if (id.isPresent()) {
            process
                .records
                .find(user, id.get().receivedAt().toEpochMilli())
                .ifPresent(process.writer::commit);
          }
        }

        @Override
        public void checkOnce() {
          List<Deployment> deployments = world.node.deployments(address, Optional.empty());
          assertThat(deployments).hasSize(1);
          assertThat(deposited(deployments.getFirst())).isEqualByComparingTo("5000000");
          assertThat(world.moneyOf(address)).isEqualByComparingTo(credit());
        }
      };
    }
  },

  DEPOSIT {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      DeploymentId id = deployment(calm, user);
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          keyed(
              process,
              user,
              request -> process.writer.deposit(request, user, id.dseq(), Coin.uact(3_000_000)));
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          requestId(process, user)
              .ifPresent(
                  request ->
                      process.writer.deposit(request, user, id.dseq(), Coin.uact(3_000_000)));
        }

        @Override
        public void checkOnce() {
          Deployment deployment = world.node.deployment(id).orElseThrow();
          assertThat(deposited(deployment)).isEqualByComparingTo("8000000");
          assertThat(world.moneyOf(id.owner())).isEqualByComparingTo(credit());
        }
      };
    }
  },

  LEASE {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      DeploymentId id = deployment(calm, user);
      List<Choice> choices = world.bid(id, 1).stream().map(Bid::id).map(Flows::choice).toList();
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          keyed(process, user, request -> process.leasing.lease(user, id.dseq(), choices));
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          process.leasing.lease(user, id.dseq(), choices);
        }

        @Override
        public void checkOnce() {
          assertThat(world.node.leases(id))
              .singleElement()
              .extracting(Lease::state)
              .isEqualTo(Lease.State.ACTIVE);
          assertThat(world.moneyOf(id.owner())).isEqualByComparingTo(credit());
        }
      };
    }
  },

  UPDATE {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      DeploymentId id = deployment(calm, user);
      calm.leasing.lease(
          user, id.dseq(), world.bid(id, 1).stream().map(Bid::id).map(Flows::choice).toList());
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          process.writer.update(user, id.dseq(), Sdls.web("1.28"));
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          byUser(process);
        }

        @Override
        public void checkOnce() {
          DeploymentRecord record = calm.records.find(user, id.dseq()).orElseThrow();
          assertThat(record.sdl()).contains("nginx:1.28");
          assertThat(world.node.deployment(id).orElseThrow().hash())
              .isEqualTo(Bytes.ofHex(record.hash()));
          assertThat(world.moneyOf(id.owner())).isEqualByComparingTo(credit());
        }
      };
    }
  },

  CLOSE {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      DeploymentId id = deployment(calm, user);
      calm.leasing.lease(
          user, id.dseq(), world.bid(id, 1).stream().map(Bid::id).map(Flows::choice).toList());
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          process.writer.close(user, id.dseq());
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          byUser(process);
        }

        @Override
        public void checkOnce() {
          Deployment deployment = world.node.deployment(id).orElseThrow();
          assertThat(deployment.state()).isEqualTo(Deployment.State.CLOSED);
          assertThat(world.moneyOf(id.owner())).isEqualByComparingTo(credit());
        }
      };
    }
  },

  /** A payment, after a transaction that left the fee allowance low. */
  TOP_UP {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      DeploymentId id = deployment(calm, user);
      world.watchFeeAllowance(id.owner());
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          Credit _ = process.funding.topUp(user, PAYMENT, "payment");
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          process.funding.settle(user);
        }

        @Override
        public void checkOnce() {
          assertThat(world.hadFeeAllowanceAllTheTime(id.owner())).isTrue();
          assertThat(world.moneyOf(id.owner())).isEqualByComparingTo(creditAnd(PAYMENT));
          assertThat(world.node.feeAllowance(world.funding(), id.owner()))
              .contains(Coin.uakt(World.FEES_UAKT));
        }
      };
    }
  },

  REFILL {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      DeploymentId id = deployment(calm, user);
      world.watchFeeAllowance(id.owner());
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          process.funding.settle(user);
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          process.funding.settle(user);
        }

        @Override
        public void checkOnce() {
          // A node that lagged behind may have shown no need yet.
          calm.funding.settle(user);
          assertThat(world.hadFeeAllowanceAllTheTime(id.owner())).isTrue();
          assertThat(world.node.feeAllowance(world.funding(), id.owner()))
              .contains(Coin.uakt(World.FEES_UAKT));
          // Its activation, and one renewal.
          assertThat(calm.grants.of(user).changes()).isEqualTo(2);
          assertThat(world.moneyOf(id.owner())).isEqualByComparingTo(credit());
        }
      };
    }
  },

  /** Payments, while the user deposits and closes, which gives a refund. */
  RUSH {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      DeploymentId id = deployment(calm, user);
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          Credit first = process.funding.topUp(user, PAYMENT, "payment-1");
          Credit second = process.funding.topUp(user, PAYMENT, "payment-2");
          assertThat(first.grantedBy()).isPresent();
          assertThat(second.grantedBy()).isPresent();
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          RequestId request = new RequestId("second-" + user, FIRST);
          process.writer.deposit(request, user, id.dseq(), Coin.uact(3_000_000));
          process.writer.close(user, id.dseq());
          Credit _ = process.funding.topUp(user, PAYMENT, "payment-2");
        }

        @Override
        public void checkOnce() {
          assertThat(world.moneyOf(id.owner()))
              .isEqualByComparingTo(creditAnd(PAYMENT.add(PAYMENT)));
        }
      };
    }
  },

  CERTIFY {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      String address = activate(calm, user).address();
      return new Flow() {
        private final AtomicReference<Certificate> answered = new AtomicReference<>();
        private volatile boolean replayed;

        @Override
        public void byUser(BerthProcess process) {
          AtomicReference<Certificate> made = new AtomicReference<>();
          keyed(
              process,
              user,
              request -> {
                try (KeyedCertificate issued = process.certificates.issue(request, user)) {
                  made.set(issued.certificate());
                }
              });
          // Only an answer whose request was kept as answered reaches the user.
          if (made.get() == null) {
            replayed = true;
          } else {
            assertThat(answered.getAndSet(made.get())).as("the key is shown once").isNull();
          }
        }

        // Nothing but the user's own client repeats this.
        @Override
        public void byWorkflow(BerthProcess process) {
          byUser(process);
        }

        @Override
        public void checkOnce() {
          List<Certificate> valid =
              world.node.certificates(address, Optional.of(Certificate.State.VALID));
          assertThat(valid).hasSize(1);
          if (answered.get() == null) {
            assertThat(replayed).as("told that the key was shown before").isTrue();
          } else {
            assertThat(valid).containsExactly(answered.get());
          }
        }
      };
    }
  },

  REVOKE {
    @Override
    Flow prepare(World world, BerthProcess calm, String user) {
      String address = activate(calm, user).address();
      String serial;
      try (KeyedCertificate issued =
          calm.certificates.issue(new RequestId("first-" + user, FIRST), user)) {
        serial = issued.certificate().serial();
      }
      // So that a node that lags behind shows it.
      world.pass(World.BLOCK.multipliedBy(3));
      return new Flow() {
        @Override
        public void byUser(BerthProcess process) {
          process.certificates.revoke(user, serial);
        }

        @Override
        public void byWorkflow(BerthProcess process) {
          byUser(process);
        }

        @Override
        public void checkOnce() {
          assertThat(world.node.certificates(address, Optional.empty()))
              .singleElement()
              .extracting(Certificate::state)
              .isEqualTo(Certificate.State.REVOKED);
        }
      };
    }
  };

  private static final java.time.Instant FIRST = java.time.Instant.parse("2026-11-01T00:00:00Z");

  private static final BigInteger PAYMENT = BigInteger.valueOf(7_000_000);

  /** The user's situation, and what will be asked. */
  abstract Flow prepare(World world, BerthProcess calm, String user);

  /** Makes the user ready to deploy, with the credit that every user here has. */
  static Wallet activate(BerthProcess process, String user) {
    return process.activation.activate(
        user, user + "@example.com", BigInteger.valueOf(World.CREDIT_UACT));
  }

  /** A fresh user's deployment, with 5 USD in escrow. */
  static DeploymentId deployment(BerthProcess process, String user) {
    Wallet _ = activate(process, user);
    RequestId id = new RequestId("first-" + user, FIRST);
    DeploymentRecord record =
        process.writer.request(id, user, Sdls.web("1.27"), Coin.uact(5_000_000));
    return process.writer.commit(record).record().id();
  }

  private static Choice choice(BidId bid) {
    return new Choice(bid.order().gseq(), bid.order().oseq(), bid.provider());
  }

  private static BigDecimal credit() {
    return BigDecimal.valueOf(World.CREDIT_UACT);
  }

  private static BigDecimal creditAnd(BigInteger payments) {
    return credit().add(new BigDecimal(payments));
  }

  /** What was deposited, whatever became of it. */
  private static BigDecimal deposited(Deployment deployment) {
    return World.moneyIn(deployment);
  }

  /** A request with an Idempotency-Key, as the HTTP edge treats it. */
  private static void keyed(BerthProcess process, String user, Consumer<RequestId> work) {
    switch (process.retries.start(user, "key", "fingerprint", "request-of-" + user)) {
      case Start.Work(KeyedRequest request) -> {
        try {
          work.accept(request.id());
        } catch (RuntimeException e) {
          process.retries.release(request);
          throw e;
        }
        if (!process.retries.finish(request, new Answer(200, ""))) {
          throw new Refusal(new Problem.Conflict("in_use", "in use", Duration.ofSeconds(1)));
        }
      }
      case Start.Replay replay -> {}
      case Start.UnderWay(Duration retryAfter) ->
          throw new Refusal(new Problem.Conflict("in_use", "in use", retryAfter));
      case Start.Reused reused -> throw new AssertionError("one key, one request");
    }
  }

  private static Optional<RequestId> requestId(BerthProcess process, String user) {
    return process.requests.find(user, "key").map(KeyedRequest::id);
  }

  /** A provider that checks what real ones check: an active lease, and the hash on the chain. */
  static ProviderGateway provider(World world) {
    Wallets wallets = new DynamoWallets(world.dynamoDb, "Wallets");
    return new ProviderGateway() {
      @Override
      public ManifestOutcome putManifest(
          String userId, Provider provider, long dseq, String manifest) {
        String owner = wallets.find(userId).orElseThrow().address();
        DeploymentId id = new DeploymentId(owner, dseq);
        boolean leased =
            world.node.leases(id).stream()
                .anyMatch(
                    lease ->
                        lease.state() == Lease.State.ACTIVE
                            && lease.id().provider().equals(provider.owner()));
        if (!leased) {
          return new ManifestOutcome.NotYetVisible();
        }
        boolean current = world.node.deployment(id).orElseThrow().hash().equals(sha256(manifest));
        return current ? new ManifestOutcome.Accepted() : new ManifestOutcome.StaleVersion("old");
      }

      @Override
      public StatusOutcome leaseStatus(String userId, Provider provider, BidId lease) {
        throw new AssertionError("no flow asks for a status");
      }
    };
  }

  private static Bytes sha256(String text) {
    try {
      return Bytes.of(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
