package io.berth.local.gateway;

/** The template cannot be run as written; the message names the resource and the property. */
public final class TemplateException extends RuntimeException {
  TemplateException(String place, String problem) {
    super(place + ": " + problem);
  }
}
