package io.berth.client;

/** Where a client of Berth begins. */
public final class Berth {
  private Berth() {}

  /**
   * A client that acts with an API key. Its methods throw {@link ApiException} with the API's own
   * words when the API says no.
   *
   * @param url where Berth answers, without {@code /v1}
   */
  public static BerthApi connect(String url, String apiKey) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(url);
    client.setRequestInterceptor(request -> request.header("x-api-key", apiKey));
    return new BerthApi(client);
  }
}
