/** What each user's wallet may spend, and what it has signed for. */
package io.berth.domain.budget;
