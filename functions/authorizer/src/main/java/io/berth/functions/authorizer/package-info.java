/** Tells API Gateway whose a request is. */
package io.berth.functions.authorizer;
