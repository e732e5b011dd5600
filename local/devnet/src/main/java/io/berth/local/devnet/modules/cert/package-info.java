/** Client certificates that providers accept from tenants. */
package io.berth.local.devnet.modules.cert;
