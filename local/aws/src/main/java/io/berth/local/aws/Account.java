package io.berth.local.aws;

/** The made-up account in which everything lives. */
record Account(String region, String id) {

  /** The ARN of one of its resources, in any service but the global ones. */
  String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, region, id, resource);
  }
}
