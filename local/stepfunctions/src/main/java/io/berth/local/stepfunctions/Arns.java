package io.berth.local.stepfunctions;

/** How Step Functions names what it has. */
record Arns(String region, String account) {

  String machine(String name) {
    return "arn:aws:states:" + region + ":" + account + ":stateMachine:" + name;
  }

  String execution(String machine, String name) {
    return "arn:aws:states:" + region + ":" + account + ":execution:" + machine + ":" + name;
  }

  String role(String machine) {
    return "arn:aws:iam::" + account + ":role/" + machine;
  }
}
