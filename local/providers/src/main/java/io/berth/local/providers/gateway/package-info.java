/** The provider's HTTPS gateway. */
package io.berth.local.providers.gateway;
