/** Deployment groups as the chain stores them ({@code akash.deployment.v1beta4.GroupSpec}). */
package io.berth.sdl.group;
