package io.berth.sdl.read;

import io.berth.sdl.Problem;
import io.berth.sdl.model.Document;
import java.util.List;

/**
 * What was read.
 *
 * @param document the document as far as it could be made out; to be used only without problems
 * @param problems in document order
 */
public record DocumentResult(Document document, List<Problem> problems) {
  public DocumentResult {
    problems = List.copyOf(problems);
  }
}
