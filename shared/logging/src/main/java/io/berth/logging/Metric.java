package io.berth.logging;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Something that happened once, counted by CloudWatch in the namespace {@code Berth}. It is a log
 * line of its own, in the embedded metric format, so it costs no call and carries the context.
 *
 * @param name what is counted, such as {@code Transactions}
 * @param dimension what it is counted by, such as {@code Outcome}; few values, never ids
 * @param value this one's
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public record Metric(String name, String dimension, String value) {
  /** Of all metrics of Berth. */
  static final String NAMESPACE = "Berth";

  private static final Logger LOGGER = Logger.getLogger(Metric.class.getName());

  /** Counts one. */
  public static void count(String name, String dimension, String value) {
    Metric metric = new Metric(name, dimension, value);
    LogRecord line = new LogRecord(Level.INFO, metric.toString());
    line.setLoggerName(LOGGER.getName());
    line.setParameters(new Object[] {metric});
    LOGGER.log(line);
  }

  @Override
  public String toString() {
    return name + " " + dimension + "=" + value;
  }
}
