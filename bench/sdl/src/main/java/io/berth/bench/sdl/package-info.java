/** How fast an SDL becomes a plan, beside the official TypeScript SDK. */
package io.berth.bench.sdl;
