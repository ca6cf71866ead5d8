package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FlagsOfServersTest {
  @ParameterizedTest
  @CsvSource({
    "api,--max-wait,5m,allowed is 1 s to 60 s",
    "api,--port,99999,allowed is 0 to 65535",
    "worker,--browsers,0,allowed is 1 to 64",
    "serve,--egress,private,allowed is public or any",
    "serve,--egress-allow,10.1.0.0/8,10.0.0.0/8",
    "serve,--grace,soon,duration",
    "worker,--webhook-schedule,'5s,soon',duration",
    "worker,--webhook-schedule,200h,up to 140 h",
    "serve,--public-url,shots.example.com,https://shots.example.com",
    "serve,--max-wiat,5s,--max-wait",
    "serve,--max-waiting,0,allowed is 1 or more",
    "worker,--captures-per-host,0,allowed is 1 or more",
    "worker,--browser,/nope,not an executable file",
    "worker,--retention,0s,allowed is 1 ms or more",
    "api,--namespace,'a b',without spaces",
    "api,--log-level,loud,'error, warn, info, debug'",
  })
  void invalidFlagIsReportedWithTheAllowedValues(
      String command, String flag, String value, String allowed) {
    var err = new StringWriter();
    CommandLine line = Tintype.commandLine(Map.of()).setErr(new PrintWriter(err));

    int code = line.execute(command, flag, value);

    assertThat(code).isNotZero();
    assertThat(err.toString()).contains(flag.substring(2)).contains(allowed);
  }

  @Test
  void flagOverridesTheEnvironment() {
    Map<String, String> environment = Map.of("TINTYPE_PORT", "99999");
    var err = new StringWriter();

    int code =
        Tintype.commandLine(environment)
            .setErr(new PrintWriter(err))
            .execute("api", "--max-wait", "2s");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("port is 99999");

    err.getBuffer().setLength(0);
    Tintype.commandLine(environment).setErr(new PrintWriter(err)).execute("api", "--port", "88888");
    assertThat(err.toString()).contains("port is 88888");
  }

  @Test
  void helpIsShownWithoutACommand() {
    var err = new StringWriter();

    assertThat(Tintype.commandLine(Map.of()).setErr(new PrintWriter(err)).execute()).isEqualTo(2);
    assertThat(err.toString()).contains("serve", "api", "worker", "doctor", "shot", "submit");
  }
}
