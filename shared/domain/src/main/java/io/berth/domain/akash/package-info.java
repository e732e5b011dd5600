/** Akash's own nouns, as read from the chain, and the messages that change them. */
package io.berth.domain.akash;
