/** Client certificates: create, list, revoke. */
package io.berth.functions.certificates;
