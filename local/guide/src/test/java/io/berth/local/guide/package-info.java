/** The clients and the guide, tried as their readers would. */
package io.berth.local.guide;
