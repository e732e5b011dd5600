package io.berth.store;

import static io.berth.store.Tables.SETTING;
import static io.berth.store.Tables.USER_ID;

import io.berth.domain.settings.DeploymentSettings;
import io.berth.domain.settings.UserSettings;
import io.berth.domain.settings.WalletSettings;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Settings by {@code userId} and {@code setting}: {@code wallet}, or {@code deployment/DSEQ}. */
public final class DynamoUserSettings implements UserSettings {
  private static final String WALLET = "wallet";
  private static final String DEPLOYMENT = "deployment/";

  private final Table table;

  public DynamoUserSettings(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public Optional<WalletSettings> wallet(String userId) {
    return table
        .get(key(userId, WALLET))
        .map(
            item ->
                new WalletSettings(
                    WalletSettings.Mode.valueOf(item.text("mode")),
                    new BigDecimal(item.text("thresholdUsd")),
                    new BigDecimal(item.text("amountUsd"))));
  }

  @Override
  public void putWallet(String userId, WalletSettings settings) {
    table.replace(
        Item.of(key(userId, WALLET))
            .text("mode", settings.mode().name())
            .text("thresholdUsd", settings.thresholdUsd().toPlainString())
            .text("amountUsd", settings.amountUsd().toPlainString()));
  }

  @Override
  public boolean deleteWallet(String userId) {
    return table.delete(key(userId, WALLET));
  }

  @Override
  public Optional<DeploymentSettings> deployment(String userId, long dseq) {
    return table
        .get(key(userId, DEPLOYMENT + dseq))
        .map(
            item ->
                new DeploymentSettings(
                    userId,
                    dseq,
                    item.flag("autoTopUp"),
                    item.timeIfAny("createdAt"),
                    item.timeIfAny("updatedAt")));
  }

  @Override
  public void putDeployment(DeploymentSettings settings) {
    table.replace(
        Item.of(key(settings.userId(), DEPLOYMENT + settings.dseq()))
            .flag("autoTopUp", settings.autoTopUp())
            .time("createdAt", settings.createdAt())
            .time("updatedAt", settings.updatedAt()));
  }

  private static Map<String, AttributeValue> key(String userId, String setting) {
    return Map.of(USER_ID, Values.text(userId), SETTING, Values.text(setting));
  }
}
