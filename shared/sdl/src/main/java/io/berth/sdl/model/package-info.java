/** An SDL document as its author meant it: typed, before any layout. */
package io.berth.sdl.model;
