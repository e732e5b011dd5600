/** YAML 1.2 text to plain values that know their place; hostile text is refused here. */
package io.berth.sdl.yaml;
