package io.berth.local.devnet.modules.cert;

import io.berth.local.devnet.modules.Page;
import io.berth.local.devnet.modules.Replies;
import io.berth.local.devnet.modules.StateSource;
import io.berth.local.devnet.modules.States;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.cert.v1.Certificate;
import io.berth.proto.akash.cert.v1.CertificateFilter;
import io.berth.proto.akash.cert.v1.CertificateResponse;
import io.berth.proto.akash.cert.v1.QueryCertificatesRequest;
import io.berth.proto.akash.cert.v1.QueryCertificatesResponse;
import io.berth.proto.akash.cert.v1.QueryGrpc;
import io.grpc.stub.StreamObserver;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Serves {@code akash.cert.v1.Query}. */
public final class CertQueries extends QueryGrpc.QueryImplBase {

  private final StateSource source;
  private final CertKeeper certificates;

  public CertQueries(StateSource source, CertKeeper certificates) {
    this.source = source;
    this.certificates = certificates;
  }

  @Override
  public void certificates(
      QueryCertificatesRequest request, StreamObserver<QueryCertificatesResponse> observer) {
    Replies.answer(observer, () -> list(source.current(), request));
  }

  private QueryCertificatesResponse list(Reader state, QueryCertificatesRequest request) {
    CertificateFilter filter = request.getFilter();
    States.check(filter.getState(), Certificate.State.values());
    NavigableMap<String, Certificate> candidates =
        new TreeMap<>(certificates.certificates(state, filter.getOwner()));
    candidates
        .keySet()
        .removeIf(
            key ->
                !filter.getSerial().isEmpty()
                    && !filter.getSerial().equals(CertKeeper.serial(key)));
    Page<Certificate> page =
        Page.akash(
            candidates,
            request.getPagination(),
            certificate -> States.matches(filter.getState(), certificate.getState()),
            filter.getState());
    QueryCertificatesResponse.Builder response =
        QueryCertificatesResponse.newBuilder().setPagination(page.info());
    page.entries()
        .forEach(
            entry ->
                response.addCertificates(
                    CertificateResponse.newBuilder()
                        .setCertificate(entry.getValue())
                        .setSerial(CertKeeper.serial(entry.getKey()))));
    return response.build();
  }
}
