package io.berth.local.devnet.modules.provider;

import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.audit.v1.AuditedProvider;
import io.berth.proto.akash.provider.v1beta4.Provider;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Keeps providers and audited attributes. */
public final class ProviderKeeper {

  private static final String PROVIDERS = "provider/provider/";
  private static final String AUDITED = "audit/provider/";

  /** The provider of an address. */
  public Optional<Provider> provider(Reader state, String owner) {
    return state.get(PROVIDERS + owner, Provider.class);
  }

  NavigableMap<String, Provider> providers(Reader state) {
    return state.scan(PROVIDERS, Provider.class);
  }

  /** What auditors attest of one provider. */
  public List<AuditedProvider> audited(Reader state, String owner) {
    return List.copyOf(audits(state, owner).values());
  }

  /** Audited attributes by state key; an empty owner means all. */
  NavigableMap<String, AuditedProvider> audits(Reader state, String owner) {
    return state.scan(owner.isEmpty() ? AUDITED : AUDITED + owner + "/", AuditedProvider.class);
  }

  /** Adds or replaces a provider. */
  public void save(Context context, Provider provider) {
    context.set(PROVIDERS + provider.getOwner(), provider);
  }

  /** Adds or replaces what one auditor attests of one provider. */
  public void saveAudit(Context context, AuditedProvider audited) {
    context.set(auditKey(audited.getOwner(), audited.getAuditor()), audited);
  }

  void deleteAudit(Context context, String owner, String auditor) {
    context.delete(auditKey(owner, auditor));
  }

  private static String auditKey(String owner, String auditor) {
    return AUDITED + owner + "/" + auditor;
  }
}
