/**
 * Starts and stops DynamoDB for the local system. The engine is dynoxide; nothing outside this
 * package depends on more than DynamoDB's protocol.
 */
package io.berth.local.dynamodb;
