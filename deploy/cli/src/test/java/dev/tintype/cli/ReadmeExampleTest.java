package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.RedisServer;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java, compiled and run as it stands there, but with a server of the test's own. */
class ReadmeExampleTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  @TempDir Path folder;

  @Test
  void theJavaExampleEndsWithAPicture() throws Exception {
    Path picture = folder.resolve("page.png");
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      String body =
          example()
              .replace("http://127.0.0.1:8080", server.address())
              .replace("\"page.png\"", "\"" + picture + "\"");
      var done = server.completeEverything();
      compile(body);

      try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
        var example = loader.loadClass("Example").getDeclaredMethod("run");
        CompletableFuture.runAsync(
                () -> {
                  try {
                    example.invoke(null);
                  } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .get(30, TimeUnit.SECONDS);
      }
      assertThat(done).hasSize(1);
      assertThat(done.get(0).area().fullPage()).isTrue();
    }
    assertThat(picture).hasBinaryContent(ServerUnderTest.IMAGE);
  }

  private void compile(String body) {
    String source =
        """
        import dev.tintype.client.*;
        import dev.tintype.capture.CaptureField;
        import java.nio.file.Path;
        import java.time.Duration;

        public class Example {
          public static void run() throws Exception {
        %s
          }
        }
        """
            .formatted(body);
    var file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var said = new StringWriter();
    boolean isCompiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none"),
                null,
                List.of(file))
            .call();
    assertThat(isCompiled).as(said.toString()).isTrue();
  }

  private static String example() throws Exception {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    int begin = readme.indexOf("```java\n", readme.indexOf("## Java client")) + 8;
    return readme.substring(begin, readme.indexOf("```", begin));
  }
}
