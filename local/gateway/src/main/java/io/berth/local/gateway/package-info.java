/** API Gateway and Lambda on one machine, driven by the template that deploys them. */
package io.berth.local.gateway;
