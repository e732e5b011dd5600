package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alarm finds what to do. */
class RunbookTest {
  private static final Pattern LINK = Pattern.compile("docs/operate\\.md#(\\S+)$");

  @Test
  void everyAlarmLinksASectionOfTheRunbook() throws IOException {
    List<Resource> alarms = ContractTest.template().resources("AWS::CloudWatch::Alarm");
    Set<String> sections =
        Files.readAllLines(RunningBerth.root().resolve("docs/operate.md")).stream()
            .filter(line -> line.startsWith("#"))
            .map(RunbookTest::anchor)
            .collect(Collectors.toSet());

    assertThat(alarms).isNotEmpty();
    for (Resource alarm : alarms) {
      Matcher link = LINK.matcher(alarm.property("AlarmDescription").orElse(""));
      assertThat(link.find()).as(alarm.logicalId()).isTrue();
      assertThat(sections).as(alarm.logicalId()).contains(link.group(1));
    }
  }

  /** As hosts of Git make it of a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .replace(' ', '-');
  }
}
