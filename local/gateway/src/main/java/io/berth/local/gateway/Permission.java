package io.berth.local.gateway;

import java.util.List;
import java.util.Map;

/**
 * One statement of an owner's policies, its ARNs those of the local account.
 *
 * @param owner the logical id of the function or state machine that has it
 * @param effect {@code Allow} or {@code Deny}
 * @param actions such as {@code dynamodb:GetItem}
 * @param resources the ARNs that the actions are for
 * @param conditions what must hold besides, such as {@code StringEquals kms:ViaService} → value;
 *     several values are separated by commas
 */
public record Permission(
    String owner,
    String effect,
    List<String> actions,
    List<String> resources,
    Map<String, String> conditions) {

  public Permission {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = Map.copyOf(conditions);
  }
}
