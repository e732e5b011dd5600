/** The domain's repositories in DynamoDB: one class per table of {@code template.yaml}. */
package io.berth.store;
