/** What Berth asks of provider gateways, and what they may answer. */
package io.berth.domain.provider;
