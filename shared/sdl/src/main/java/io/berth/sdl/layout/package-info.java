/** From the typed document to groups and manifest, in either SDK's layout. */
package io.berth.sdl.layout;
