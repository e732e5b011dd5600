/** Requests that users may repeat without doing anything twice. */
package io.berth.domain.request;
