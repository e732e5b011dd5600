/** The API documents itself. */
package io.berth.functions.docs;
