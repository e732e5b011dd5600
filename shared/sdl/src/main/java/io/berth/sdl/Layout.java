package io.berth.sdl;

/** The two ways in which the official SDKs lay out groups and manifest (DESIGN §6). */
public enum Layout {
  /** The Go parser's: chain, CLI, providers. Berth's own. */
  GO,
  /** The TypeScript builder's: Akash Console. For deployments that Console created. */
  CONSOLE
}
