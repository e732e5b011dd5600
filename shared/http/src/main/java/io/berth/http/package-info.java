/** API Gateway events to requests and back, with one error shape. */
package io.berth.http;
