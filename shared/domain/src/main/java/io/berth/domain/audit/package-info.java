/** Who changed what, and when. */
package io.berth.domain.audit;
