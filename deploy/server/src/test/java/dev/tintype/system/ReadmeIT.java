package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.PageServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the README, with the page and the port replaced by those of this test. */
class ReadmeIT {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Pattern JOB =
      Pattern.compile("\"id\":\"([0-9a-z]{26})\"|^([0-9a-z]{26})$", Pattern.MULTILINE);

  @TempDir static Path folder;

  private static PageServer pages;
  private static TintypeProcess serve;

  @BeforeAll
  static void start() throws Exception {
    pages = PageServer.start();
    pages.page("/", "<title>Example</title><h1>Example</h1>");
    pages.page("/slow", "<title>slow</title>").delayed("/slow", Duration.ofMinutes(1));
    serve =
        TintypeProcess.start(
            "serve",
            "--data",
            folder.resolve("data").toString(),
            "--port",
            "0",
            "--egress-allow",
            "127.0.0.1");
  }

  @AfterAll
  static void stop() {
    serve.close();
    pages.close();
  }

  @Test
  void curlsOfReadmeWork() throws Exception {
    List<String> curls = commands("The API in five curls");
    assertThat(curls).hasSize(5);

    String id = job(run(curls.get(0), ""));
    assertThat(run(curls.get(1), id)).contains("\"state\":\"succeeded\"");
    run(curls.get(2), id);
    assertThat(Files.readAllBytes(folder.resolve("page.png")))
        .startsWith((byte) 0x89, 'P', 'N', 'G');
    run(curls.get(3), id);
    assertThat(Files.readAllBytes(folder.resolve("page.webp"))).startsWith('R', 'I', 'F', 'F');
    assertThat(job(run(curls.get(4), id))).hasSize(26);
  }

  @Test
  void commandsOfReadmeWork() throws Exception {
    List<String> commands = commands("Command line");
    assertThat(commands).hasSize(10);

    run(commands.get(0), "");
    assertThat(folder.resolve("page.png")).exists();
    String id = job(run(commands.get(1), ""));
    assertThat(run(commands.get(2).replace(" ID", " " + id), id)).contains("succeeded");
    assertThat(run(commands.get(3).replace(" ID", " " + id), id))
        .contains("queued", "started", "succeeded");
    assertThat(run(commands.get(4), id)).doesNotContain(id);
    assertThat(run(commands.get(4).replace("failed", "succeeded"), id)).contains(id);
    assertThat(run(commands.get(5), id)).contains("browser", "fonts", "redis");
    Files.writeString(folder.resolve("urls.txt"), pages.url("/") + "\n" + pages.url("/?2"));
    assertThat(run(commands.get(6), id)).contains("2 pages in shots: 2 saved");
    assertThat(run(commands.get(7), id)).contains("20 jobs: 20 accepted, 20 succeeded");
    String open = job(run("tintype submit https://example.com/slow", ""));
    assertThat(run(commands.get(8).replace(" ID", " " + open), open)).contains(open + " cancelled");
    assertThat(run(commands.get(9).replace(" ID", " " + id), id)).contains(id + " deleted");
  }

  @Test
  void quickstartTakesPicture() throws Exception {
    Path picture = folder.resolve("sample.png");
    List<String> commands = commands("Two commands");
    assertThat(commands.get(0)).startsWith("deploy/quickstart");

    // With --once, because quickstart serves until Ctrl-C.
    String said = shell("../quickstart --once -o " + picture, Path.of(".").toAbsolutePath());

    assertThat(said).contains("saved " + picture);
    assertThat(Files.readAllBytes(picture)).startsWith((byte) 0x89, 'P', 'N', 'G');
    assertThat(Files.size(picture)).isGreaterThan(50_000);
  }

  private static String run(String command, String id) throws Exception {
    String page = pages.url("/");
    String server = serve.url();
    return shell(
        command
            .replaceAll("https://example.com/?", Matcher.quoteReplacement(page))
            .replace("http://127.0.0.1:8080", server),
        folder,
        "ID=" + id + "; export TINTYPE_SERVER=" + server);
  }

  private static String shell(String command, Path in, String... before) throws Exception {
    String script =
        String.join("; ", before)
            + "\nPATH="
            + TintypeProcess.COMMAND.getParent()
            + ":$PATH\nexport XDG_CACHE_HOME="
            + TintypeProcess.CACHE
            + "\nset -e\n"
            + command;
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + "\n" + said).isZero();
    return said;
  }

  /** The commands in the first shell block below a heading, without comments. */
  private static List<String> commands(String heading) throws Exception {
    String readme = Files.readString(README);
    int begin = readme.indexOf("```sh\n", readme.indexOf("## " + heading)) + 6;
    return readme
        .substring(begin, readme.indexOf("```", begin))
        .lines()
        .map(line -> line.replaceFirst("\\s*#.*", ""))
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String job(String said) {
    Matcher matcher = JOB.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }
}
