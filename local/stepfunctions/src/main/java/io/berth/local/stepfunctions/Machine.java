package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Definition;
import java.time.Instant;

/** A state machine that can be executed. */
record Machine(String name, String arn, String roleArn, Definition definition, Instant created) {}
