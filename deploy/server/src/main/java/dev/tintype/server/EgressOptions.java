package dev.tintype.server;

import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Flags for the addresses that pages and webhooks may reach. */
final class EgressOptions {
  @Option(
      names = "--egress",
      paramLabel = "MODE",
      defaultValue = "public",
      converter = ModeConverter.class,
      description =
          "Addresses that pages and webhooks may reach: public (the internet, no private networks) or any. Default: ${DEFAULT-VALUE}.")
  private EgressMode mode = EgressMode.PUBLIC;

  @Option(
      names = "--egress-allow",
      paramLabel = "HOST|CIDR",
      split = ",",
      converter = AllowConverter.class,
      description =
          "Host, address or network that is also allowed; *.intra.example allows every host below it. Repeatable.")
  private List<String> allow = new ArrayList<>();

  EgressConfig config() {
    return new EgressConfig(mode, allow);
  }

  static final class ModeConverter implements ITypeConverter<EgressMode> {
    @Override
    public EgressMode convert(String text) {
      for (EgressMode mode : EgressMode.values()) {
        if (mode.toString().equals(text)) {
          return mode;
        }
      }
      throw new TypeConversionException("is \"" + text + "\"; allowed is public or any");
    }
  }

  static final class AllowConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        AllowEntry.parse(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
