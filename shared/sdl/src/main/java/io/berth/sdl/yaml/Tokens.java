package io.berth.sdl.yaml;

import java.util.NoSuchElementException;
import org.snakeyaml.engine.v2.scanner.Scanner;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * The scanner's tokens, each looked at once. The parser asks up to ten questions about a token
 * before it takes it, and the scanner thinks each over anew: a sixth of all parsing.
 */
final class Tokens implements Scanner {
  private final Scanner scanner;
  private Token head;
  private Token.ID id;
  private boolean ended;

  Tokens(Scanner scanner) {
    this.scanner = scanner;
  }

  @Override
  public boolean hasNext() {
    if (head == null && !ended) {
      head = scanner.peekToken();
      id = head.getTokenId();
    }
    return head != null;
  }

  @Override
  public boolean checkToken(Token.ID choice) {
    return hasNext() && id == choice;
  }

  @Override
  public boolean checkToken(Token.ID... choices) {
    if (!hasNext()) {
      return false;
    }
    for (Token.ID choice : choices) {
      if (id == choice) {
        return true;
      }
    }
    return choices.length == 0;
  }

  @Override
  public Token peekToken() {
    if (!hasNext()) {
      throw new NoSuchElementException("the stream has ended");
    }
    return head;
  }

  @Override
  public Token next() {
    peekToken();
    ended = id == Token.ID.StreamEnd;
    head = null;
    return scanner.next();
  }

  @Override
  public void resetDocumentIndex() {
    scanner.resetDocumentIndex();
  }
}
