/** The provider's own reading of manifests: decode, encode as Go does, hash, and check. */
package io.berth.local.providers.manifest;
