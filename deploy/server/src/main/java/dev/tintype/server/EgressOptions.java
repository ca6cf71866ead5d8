package dev.tintype.server;

import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.egress.JdkHostResolver;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Flags that say which addresses pages may be at. */
final class EgressOptions {
  @Option(
      names = "--egress",
      paramLabel = "MODE",
      defaultValue = "public",
      converter = ModeConverter.class,
      description =
          "Which addresses may be dialled: public (the internet, nothing private) or any. Default: ${DEFAULT-VALUE}.")
  private EgressMode mode = EgressMode.PUBLIC;

  @Option(
      names = "--egress-allow",
      paramLabel = "HOST|CIDR",
      split = ",",
      converter = AllowConverter.class,
      description =
          "Also allow this host (*.intra.example for all below), address or network. Repeatable.")
  private List<AllowEntry> allow = new ArrayList<>();

  EgressMode mode() {
    return mode;
  }

  EgressPolicy policy(Vertx vertx) {
    return new EgressPolicy(mode, allow, new JdkHostResolver(vertx));
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

  static final class AllowConverter implements ITypeConverter<AllowEntry> {
    @Override
    public AllowEntry convert(String text) {
      try {
        return AllowEntry.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
