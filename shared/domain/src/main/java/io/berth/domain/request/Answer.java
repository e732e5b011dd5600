package io.berth.domain.request;

/**
 * What a request was answered.
 *
 * @param status of HTTP
 * @param body JSON, or empty for none
 */
public record Answer(int status, String body) {}
