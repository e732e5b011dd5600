/** How much may be asked of Berth in a while. */
package io.berth.domain.limit;
