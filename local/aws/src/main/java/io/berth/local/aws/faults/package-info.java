/** A proxy that makes the local DynamoDB fail as AWS's does. Off unless a test or setting asks. */
package io.berth.local.aws.faults;
