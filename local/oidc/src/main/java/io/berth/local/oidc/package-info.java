/** An OpenID Connect provider on one machine: who people say they are is believed. */
package io.berth.local.oidc;
