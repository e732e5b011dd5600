package io.berth.local.stepfunctions;

import tools.jackson.databind.JsonNode;

/** The item of a Map's iteration, as {@code $states.context.Map.Item}. */
record MapItem(int index, JsonNode value) {}
