/**
 * SDL (Akash's Stack Definition Language, 2.0 and 2.1) to deployment groups, manifest and manifest
 * hash. Pure: text in, values or problems out.
 */
package io.berth.sdl;
