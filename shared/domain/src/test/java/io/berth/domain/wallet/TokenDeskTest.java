package io.berth.domain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.LeaseAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenDeskTest {
  private final List<String> issued = new ArrayList<>();
  private boolean signedBefore = true;

  private final TokenDesk desk =
      new TokenDesk(
          new OneWallet(),
          address -> signedBefore && address.equals(OneWallet.ADDRESS),
          (userId, life, access) -> {
            issued.add(userId + " " + life + " " + access);
            return "token";
          });

  private String issue(String userId) {
    return desk.issue(userId, Duration.ofMinutes(5), new LeaseAccess.Full());
  }

  @Test
  void handsOutATokenOfTheUsersWallet() {
    assertThat(issue("ann")).isEqualTo("token");
    assertThat(issued).containsExactly("ann PT5M Full[]");
  }

  @Test
  void issuesNoneThatNoProviderCanVerify() {
    signedBefore = false;

    assertThatThrownBy(() -> issue("ann"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problem())
                    .isInstanceOfSatisfying(
                        Problem.Conflict.class,
                        conflict -> assertThat(conflict.code()).isEqualTo("no_transaction_yet")));
    assertThat(issued).isEmpty();
  }

  @Test
  void issuesNoneWithoutAWallet() {
    assertThatThrownBy(() -> issue("bob"))
        .isInstanceOf(Refusal.class)
        .hasMessage("User does not have a wallet");
    assertThat(issued).isEmpty();
  }
}
