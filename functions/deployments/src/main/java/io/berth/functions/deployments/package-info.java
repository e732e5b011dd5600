/** Deployments: create, read, list, update, deposit, close. */
package io.berth.functions.deployments;
