/** From YAML values to the typed document, with every broken rule on the way. */
package io.berth.sdl.read;
