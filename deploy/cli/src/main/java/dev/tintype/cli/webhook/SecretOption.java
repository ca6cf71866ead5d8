package dev.tintype.cli.webhook;

import dev.tintype.cli.command.CommandFailure;
import dev.tintype.cli.command.EnvironmentDefaults;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.webhook.SigningKey;
import dev.tintype.webhook.WebhookVerifier;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The secret that webhooks are signed with. */
final class SecretOption {
  // Not --webhook-secret: in a capture that is the name of a secret, and one variable for both
  // would send the key in place of the name.
  private static final String FLAG = "--signing-secret";

  @Option(
      names = FLAG,
      paramLabel = "SECRET",
      description =
          "Signing secret, whsec_ and base64. Prefer the variable TINTYPE_SIGNING_SECRET, which the"
              + " list of processes does not show.")
  private @Nullable String secret;

  Optional<WebhookVerifier> verifier() {
    try {
      return Optional.ofNullable(secret)
          .map(text -> List.of(SigningKey.parse(text)))
          .map(secrets -> new WebhookVerifier(secrets, InstantSource.system()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, FLAG + ": " + e.getMessage());
    }
  }

  WebhookVerifier required() {
    return verifier()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "the signing secret is missing; set "
                        + EnvironmentDefaults.variable(FLAG)
                        + " or "
                        + FLAG));
  }
}
