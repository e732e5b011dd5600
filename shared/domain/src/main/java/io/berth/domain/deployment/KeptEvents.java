package io.berth.domain.deployment;

import java.util.List;

/** Events as they are kept for a deployment, since providers forget them. Reads are consistent. */
public interface KeptEvents {

  /** All that are kept of a deployment, in no order. */
  List<KeptEvent> of(String userId, long dseq);

  /** Keeps events of a deployment. One that is kept already stays as it is. */
  void keep(String userId, long dseq, List<KeptEvent> events);
}
