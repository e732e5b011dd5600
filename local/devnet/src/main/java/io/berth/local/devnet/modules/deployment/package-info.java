/** Deployments and their groups. */
package io.berth.local.devnet.modules.deployment;
