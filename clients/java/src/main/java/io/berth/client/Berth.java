package io.berth.client;

/** Creates clients of Berth. */
public final class Berth {
  private Berth() {}

  /**
   * Returns a client that authenticates with an API key. Its methods throw {@link ApiException}
   * with the API's error body if a request fails.
   *
   * @param url Berth's URL, without {@code /v1}
   */
  public static BerthApi connect(String url, String apiKey) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(url);
    client.setRequestInterceptor(request -> request.header("x-api-key", apiKey));
    return new BerthApi(client);
  }
}
