/** Talks to providers' gateways: whom to trust, what to show them, what their answers mean. */
package io.berth.provider;
