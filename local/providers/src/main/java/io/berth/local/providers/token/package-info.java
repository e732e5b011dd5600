/** Verifies the tokens of lease owners as providers do (AEP-64 as built). */
package io.berth.local.providers.token;
