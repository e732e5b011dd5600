package io.berth.local.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a template into plain maps, lists, strings, longs, doubles and booleans.
 *
 * <p>The short forms of intrinsic functions ({@code !Ref X}, {@code !Sub …}) become the long ones
 * ({@code {Ref: X}}, {@code {Fn::Sub: …}}), so that only one form is left to evaluate. An empty
 * value becomes an empty string, as CloudFormation has no null.
 */
public final class CloudFormationYaml {
  private CloudFormationYaml() {}

  /**
   * The whole document.
   *
   * @throws TemplateException if it is not YAML, or not a mapping
   */
  public static Map<String, Object> read(String yaml) {
    return switch (plain(compose(yaml))) {
      case Map<?, ?> document -> Plain.map(document);
      default -> throw new TemplateException("template", "is not a mapping");
    };
  }

  private static Node compose(String yaml) {
    var settings = LoadSettings.builder().setLabel("template").setUseMarks(true).build();
    try {
      return new Compose(settings)
          .composeString(yaml)
          .orElseThrow(() -> new TemplateException("template", "is empty"));
    } catch (YamlEngineException e) {
      throw new TemplateException("template", "is not YAML: " + e.getMessage());
    }
  }

  private static Object plain(Node node) {
    var tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return untagged(node);
    }
    var name = tag.substring(1);
    var function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    return Map.of(function, untagged(node));
  }

  private static Object untagged(Node node) {
    return switch (node) {
      case MappingNode mapping -> map(mapping);
      case SequenceNode sequence -> list(sequence);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new TemplateException(place(node), "unsupported YAML node");
    };
  }

  private static Map<String, Object> map(MappingNode mapping) {
    var map = new LinkedHashMap<String, Object>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new TemplateException(place(entry.getKeyNode()), "a key must be a plain value");
      }
      if (map.putIfAbsent(key.getValue(), plain(entry.getValueNode())) != null) {
        throw new TemplateException(place(key), "the key " + key.getValue() + " is given twice");
      }
    }
    return map;
  }

  private static List<Object> list(SequenceNode sequence) {
    var list = new ArrayList<Object>();
    sequence.getValue().forEach(item -> list.add(plain(item)));
    return list;
  }

  private static Object scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag.equals(Tag.INT)) {
      return integer(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return Double.valueOf(text);
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    return tag.equals(Tag.NULL) ? "" : text;
  }

  /** Account ids such as 000000000000 look like integers and must keep their zeros. */
  private static Object integer(String text) {
    var canonical = text.matches("-?(0|[1-9][0-9]{0,17})");
    return canonical ? (Object) Long.valueOf(text) : text;
  }

  private static String place(Node node) {
    return node.getStartMark()
        .map(mark -> "template, line " + (mark.getLine() + 1))
        .orElse("template");
  }
}
