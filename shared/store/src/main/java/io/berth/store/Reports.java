package io.berth.store;

import io.berth.domain.akash.BidId;

/** Keys of the reports table, and attributes that rows of several kinds have. */
final class Reports {
  static final String OWNER = "owner";
  static final String BSEQ = "bseq";

  private Reports() {}

  static String deployment(String userId, long dseq) {
    return userId + "/" + dseq;
  }

  static String statuses(String userId) {
    return userId + "/statuses";
  }

  static String lease(BidId lease) {
    return lease.order().gseq() + "/" + lease.order().oseq() + "/" + lease.provider();
  }
}
