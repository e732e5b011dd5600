package io.berth.sdl;

/**
 * The layouts of groups and manifest in the official SDKs (docs/decisions/0011-two-sdl-layouts.md).
 */
public enum Layout {
  /** The Go parser's: chain, CLI, providers. Berth's own. */
  GO,
  /** The TypeScript builder's: Akash Console. For deployments that Console created. */
  CONSOLE
}
