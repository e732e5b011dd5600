package io.berth.domain.wallet;

/** Names the wallet that signs a transaction. */
public sealed interface WalletRef {

  /** The one wallet of a user. */
  record OfUser(String userId) implements WalletRef {
    @Override
    public String text() {
      return "user/" + userId;
    }
  }

  /** The wallet that pays: it grants deposits and fees, and never deploys. */
  record Funding() implements WalletRef {
    @Override
    public String text() {
      return "funding";
    }
  }

  /** The form in which it is stored: {@code funding} or {@code user/USER_ID}. */
  String text();

  /**
   * Reads {@link #text()} back.
   *
   * @throws IllegalArgumentException for any other text
   */
  static WalletRef parse(String text) {
    if (text.equals("funding")) {
      return new Funding();
    }
    if (text.startsWith("user/") && text.length() > "user/".length()) {
      return new OfUser(text.substring("user/".length()));
    }
    throw new IllegalArgumentException("not a wallet reference");
  }
}
