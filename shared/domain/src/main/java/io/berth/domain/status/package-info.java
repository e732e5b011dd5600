/** What is known of leases' status without asking providers while a user waits. */
package io.berth.domain.status;
