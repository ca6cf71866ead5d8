package dev.tintype.capture.field;

/** Where a caller wrote a field, and therefore the name under which an error has to mention it. */
public enum Place {
  /** A JSON body; fields are named by JSON pointers. */
  BODY("pointer", "the body"),
  /** The query of an address; fields are parameters. */
  QUERY("parameter", "the query"),
  /** The headers of a request; no field of a capture is one. */
  HEADER("header", "the header"),
  /** The command line; fields are flags. */
  COMMAND_LINE("flag", "the command line");

  private final String key;
  private final String whole;

  Place(String key, String whole) {
    this.key = key;
    this.whole = whole;
  }

  /** The JSON property of an error that holds the name. */
  public String key() {
    return key;
  }

  /** The subject of an error that is about no single field. */
  String whole() {
    return whole;
  }

  /** The name of a field here. A field without a name of its own here keeps its JSON pointer. */
  public String nameOf(Field<?> field) {
    return switch (this) {
      case BODY, HEADER -> field.pointer();
      case QUERY -> field.query().orElse(field.pointer());
      case COMMAND_LINE -> field.flag().map(flag -> "--" + flag).orElse(field.pointer());
    };
  }
}
