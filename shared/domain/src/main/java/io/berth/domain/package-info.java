/** What Berth does, in plain Java: values, ports and use cases. No AWS, no gRPC, no protobuf. */
package io.berth.domain;
