/** Stand-ins of the AWS services that Berth uses, behind their real protocols, on this machine. */
package io.berth.local.aws;
