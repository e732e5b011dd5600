/** Every way in which Berth says no, as a closed set, each with what the user may know. */
package io.berth.domain.problem;
