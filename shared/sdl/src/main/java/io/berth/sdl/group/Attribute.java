package io.berth.sdl.group;

/** A key and value that describe a resource or a provider ({@code akash.base.attributes.v1}). */
public record Attribute(String key, String value) {}
