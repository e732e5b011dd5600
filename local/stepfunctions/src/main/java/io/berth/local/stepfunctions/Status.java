package io.berth.local.stepfunctions;

/** An execution's status, named as in the API. */
enum Status {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
