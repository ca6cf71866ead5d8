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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the README, imports included, against a server of this test. */
class ReadmeExampleTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir Path folder;

  @Test
  void exampleOfReadmeSavesImage() throws Exception {
    Path picture = folder.resolve("page.png");
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      String example =
          example()
              .replace("http://127.0.0.1:8080", server.address())
              .replace("\"page.png\"", "\"" + picture + "\"");
      var done = server.completeEverything();
      compile(example);

      try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
        var run = loader.loadClass("Example").getDeclaredMethod("run");
        CompletableFuture.runAsync(
                () -> {
                  try {
                    run.invoke(null);
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

  @Test
  void examplesOfClientDocumentCompile() throws Exception {
    List<String> examples = examples(Files.readString(Path.of("..", "docs", "java-client.md")));

    assertThat(examples).hasSizeGreaterThan(2);
    examples.forEach(this::compile);
  }

  private void compile(String example) {
    String source =
        """
        %s

        public class Example {
          public static void run() throws Exception {
        %s
          }
        }
        """
            .formatted(lines(example, true), lines(example, false));
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

  private static String lines(String example, boolean imports) {
    return example
        .lines()
        .filter(line -> line.startsWith("import ") == imports)
        .collect(Collectors.joining("\n"));
  }

  private static String example() throws Exception {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    return examples(readme.substring(readme.indexOf("## Java client"))).get(0);
  }

  private static List<String> examples(String document) {
    return EXAMPLE.matcher(document).results().map(match -> match.group(1)).toList();
  }
}
