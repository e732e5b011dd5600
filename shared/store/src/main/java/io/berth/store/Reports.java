package io.berth.store;

import io.berth.domain.akash.BidId;

/** Keys of the reports table. */
final class Reports {
  private Reports() {}

  static String deployment(String userId, long dseq) {
    return userId + "/" + dseq;
  }

  static String lease(BidId lease) {
    return lease.order().gseq() + "/" + lease.order().oseq() + "/" + lease.provider();
  }
}
