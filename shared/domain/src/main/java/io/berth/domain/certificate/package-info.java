/** Client certificates on the chain, by which providers know a tenant (mTLS). */
package io.berth.domain.certificate;
