package dev.tintype.bench.capture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.bench.Contest;
import dev.tintype.bench.Contest.Contestant;
import dev.tintype.bench.Servers;
import dev.tintype.capture.field.Durations;
import dev.tintype.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Captures a second of {@code tintype serve} beside {@link BareLoop}, of the same pages with as
 * many browsers. The loop waits for load, and so does the product where it is compared strictly;
 * its default is to wait for what comes after load, too.
 */
final class CaptureBenchmark {
  private static final Pattern READY = Pattern.compile("event=ready url=(\\S+)");

  // The product's own JVM compiles while it renders, on the same cores; the loop's has less to do.
  private static final int WARM_UPS = 2;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> urls;
  private final int browsers;

  private CaptureBenchmark(List<String> urls, int browsers) {
    this.urls = urls;
    this.browsers = browsers;
  }

  /**
   * Runs it.
   *
   * @param arguments folder to work in, command of the distribution, folder of the pages, rounds,
   *     how often each page is captured in a round, browsers, and proxy or no-proxy
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String tintype = arguments[1];
    int rounds = Integer.parseInt(arguments[3]);
    int times = Integer.parseInt(arguments[4]);
    int browsers = Integer.parseInt(arguments[5]);
    boolean alsoWithoutProxy = arguments[6].equals("no-proxy");
    try (var site = new PageSite(Path.of(arguments[2]));
        var loop = new BareLoop(browsers);
        var servers = new Servers(folder)) {
      List<String> urls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        urls.addAll(site.urls());
      }
      var serve = new ArrayList<>(List.of(tintype, "serve", "--port", "0"));
      serve.addAll(List.of("--browsers", Integer.toString(browsers)));
      URI proxied = start(servers, "proxied", serve, folder, "--egress-allow", "127.0.0.1");
      @Nullable URI direct =
          alsoWithoutProxy ? start(servers, "direct", serve, folder, "--egress", "any") : null;
      new CaptureBenchmark(urls, browsers).run(loop, proxied, direct, rounds);
    }
  }

  private static URI start(
      Servers servers, String name, List<String> serve, Path folder, String... egress)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(serve);
    command.addAll(List.of("--data", folder.resolve(name).toString()));
    command.addAll(List.of(egress));
    return URI.create(servers.start(name, READY, command).shown().group(1));
  }

  private void run(BareLoop loop, URI server, @Nullable URI direct, int rounds) throws Exception {
    var contest = new Contest();
    Contestant bare =
        contest.add("bare", () -> rate(() -> loop.capture(urls, BareLoop::screenshot)));
    Contestant speed =
        contest.add("bare-speed", () -> rate(() -> loop.capture(urls, BareLoop::speedScreenshot)));
    Map<String, List<Double>> loadSteps = new LinkedHashMap<>();
    Contestant load = contest.add("load", () -> rate(() -> capture(server, "load", loadSteps)));
    Map<String, List<Double>> autoSteps = new LinkedHashMap<>();
    Contestant auto = contest.add("auto", () -> rate(() -> capture(server, "auto", autoSteps)));
    System.out.printf(
        """
        captures a second; a round is %d captures of %d pages with %d browsers, 1280x800
          bare        Playwright: new context, navigate to load, page.screenshot, close
          bare-speed  the same with Page.captureScreenshot and optimizeForSpeed
          load        tintype, jobs given all at once, until the last is done; wait.until=load
          auto        the same with wait.until=auto, the default
        """,
        urls.size(), urls.stream().distinct().count(), browsers);
    @Nullable Contestant noProxy = null;
    if (direct != null) {
      System.out.println("  load-direct the same as load, without the egress proxy");
      noProxy =
          contest.add(
              "load-direct", () -> rate(() -> capture(direct, "load", new LinkedHashMap<>())));
    }
    contest.run(WARM_UPS, rounds);
    Contest.compare(load, bare, "; aim 0.95 or better");
    Contest.compare(auto, bare, "");
    Contest.compare(load, speed, "");
    Contest.compare(auto, speed, "");
    if (noProxy != null) {
      Contest.compare(load, noProxy, "");
    }
    print("load", loadSteps);
    print("auto", autoSteps);
  }

  /** Everything that a round is. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private double rate(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return urls.size() / ((System.nanoTime() - begin) / 1e9);
  }

  private void capture(URI server, String until, Map<String, List<Double>> steps)
      throws IOException, InterruptedException {
    List<String> jobs = new ArrayList<>();
    for (String url : urls) {
      String body = Json.write(Map.of("url", url, "wait", Map.of("until", until)));
      var request =
          HttpRequest.newBuilder(server.resolve("/v1/jobs")).POST(BodyPublishers.ofString(body));
      jobs.add(answer(request).path("links").path("self").textValue());
    }
    // One after the other: all have ended when the last of them has, and one request at a time
    // hardly disturbs.
    for (String job : jobs) {
      JsonNode end = await(server.resolve(job));
      if (!end.path("state").asText().equals("succeeded")
          || end.path("result").path("status").asInt() != 200) {
        throw new IOException("no picture: " + end);
      }
      for (JsonNode step : end.path("result").path("steps")) {
        steps
            .computeIfAbsent(step.path("step").asText(), name -> new ArrayList<>())
            .add(Durations.parse(step.path("took").asText()).orElseThrow().toNanos() / 1e6);
      }
    }
  }

  private JsonNode await(URI job) throws IOException, InterruptedException {
    for (int i = 0; i < 10; i++) {
      JsonNode seen = answer(HttpRequest.newBuilder(URI.create(job + "?wait=20")));
      if (seen.hasNonNull("finishedAt")) {
        return seen;
      }
    }
    throw new IOException(job + " does not end");
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("answered " + answer.statusCode() + " " + answer.body());
    }
    return Json.MAPPER.readTree(answer.body());
  }

  private static void print(String name, Map<String, List<Double>> steps) {
    System.out.printf("median milliseconds of the steps of %s:", name);
    steps.forEach(
        (step, took) -> System.out.printf(Locale.ROOT, " %s %.0f", step, Contest.median(took)));
    System.out.println();
  }
}
