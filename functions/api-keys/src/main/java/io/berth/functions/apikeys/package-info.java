/** API keys of the calling user. */
package io.berth.functions.apikeys;
