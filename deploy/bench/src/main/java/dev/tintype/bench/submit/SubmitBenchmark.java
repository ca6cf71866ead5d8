package dev.tintype.bench.submit;

import dev.tintype.bench.Contest;
import dev.tintype.bench.SampleCapture;
import dev.tintype.bench.Servers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Submissions a second, {@code tintype api} beside {@link BareHandler}, over one Redis. Says first
 * how many commands a submission costs.
 */
final class SubmitBenchmark {
  // A page that is given as html: no name is resolved, whose time would be that of a resolver.
  private static final String HTML_BODY =
      """
      {"html": "<!doctype html><title>A small page</title><h1>A small page</h1><p>that asks nobody for anything.", \
      "viewport": {"width": 1280, "height": 800}}""";

  // The compilers of the two JVMs share the cores with everything else; they need half a minute.
  private static final int WARM_UP_SECONDS = 20;
  private static final int COUNTED = 1_000;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final Pattern CALLS = Pattern.compile("cmdstat_(\\S+?):calls=(\\d+)");
  // Ours, to look and to clear up; and what a connection asks that has heard nothing for a while.
  private static final List<String> OTHER_COMMANDS = List.of("info", "flushall", "ping");

  private final RedisCommands<String, String> redis;
  private final Path folder;
  private final String body;

  private SubmitBenchmark(RedisCommands<String, String> redis, Path folder, String body) {
    this.redis = redis;
    this.folder = folder;
    this.body = body;
  }

  /**
   * Runs it.
   *
   * @param arguments folder to work in, command of the distribution, rounds, seconds of a round,
   *     and html or url
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String tintype = arguments[1];
    int rounds = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    String body = arguments[4].equals("url") ? SampleCapture.OF_URL : HTML_BODY;
    try (var servers = new Servers(folder)) {
      String redisUri = servers.startRedis();
      int apiPort = Servers.freePort();
      var apiProcess =
          servers.start(
              "api",
              Pattern.compile("event=api_listening"),
              List.of(tintype, "api", "--redis", redisUri, "--port", Integer.toString(apiPort)));
      int barePort = Servers.freePort();
      var bareProcess =
          servers.start(
              "bare",
              Pattern.compile("event=bare_handler_listening"),
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  BareHandler.class.getName(),
                  redisUri,
                  Integer.toString(barePort),
                  body));
      RedisClient client = RedisClient.create(redisUri);
      try (var connection = client.connect()) {
        new SubmitBenchmark(connection.sync(), folder, body)
            .run(
                new Side(URI.create("http://127.0.0.1:" + apiPort + "/v1/jobs"), apiProcess),
                new Side(URI.create("http://127.0.0.1:" + barePort + "/"), bareProcess),
                rounds,
                seconds);
      } finally {
        client.shutdown();
      }
    }
  }

  private void run(Side api, Side bare, int rounds, int seconds) throws Exception {
    System.out.println("body: " + body);
    printCommands(commandsOf(api.address), commandsOf(bare.address));
    System.out.printf("%nsubmissions a second, wrk -t1 -c32 -d%ds%n", seconds);
    Path request = requestScript();
    var contest = new Contest();
    var tintype = contest.add("tintype", () -> rate(api, request, seconds));
    var bareHandler = contest.add("bare", () -> rate(bare, request, seconds));
    contest.run(Math.max(1, WARM_UP_SECONDS / seconds), rounds);
    Contest.compare(tintype, bareHandler, "; aim 0.80 or better");
    System.out.printf(
        Locale.ROOT,
        "median of the microseconds of CPU that the process took for a submission: tintype %.0f, bare %.0f%n",
        api.cpuMicros(rounds),
        bare.cpuMicros(rounds));
  }

  /** One of the two that are compared, and what each of its rounds took from the cores. */
  private record Side(URI address, Servers.Running process, List<Double> micros) {
    private Side(URI address, Servers.Running process) {
      this(address, process, new ArrayList<>());
    }

    /** Without the rounds that warmed it up. */
    private double cpuMicros(int rounds) {
      return Contest.median(micros.subList(micros.size() - rounds, micros.size()));
    }
  }

  /**
   * The commands that Redis ran for a counted number of submissions. It counts what a script calls
   * like what a client sends; so that the two must do the same, and one EVALSHA each.
   */
  private Map<String, Long> commandsOf(URI address) throws Exception {
    var client = HttpClient.newHttpClient();
    // The first loads the script.
    send(client, address, 1);
    Map<String, Long> before = calls();
    send(client, address, COUNTED);
    Map<String, Long> after = calls();
    Map<String, Long> made = new TreeMap<>();
    after.forEach(
        (command, count) -> {
          long more = count - before.getOrDefault(command, 0L);
          if (more > 0 && !OTHER_COMMANDS.contains(command)) {
            made.put(command, more);
          }
        });
    return made;
  }

  private void send(HttpClient client, URI address, int times) throws Exception {
    var request = HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)).build();
    for (int i = 0; i < times; i++) {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new IOException(address + " answered " + answer.statusCode() + " " + answer.body());
      }
    }
  }

  private static void printCommands(Map<String, Long> tintype, Map<String, Long> bare)
      throws IOException {
    System.out.println("commands that Redis ran for " + COUNTED + " accepted submissions:");
    System.out.println("  tintype " + tintype);
    System.out.println("  bare    " + bare);
    if (tintype.getOrDefault("evalsha", 0L) != COUNTED || !tintype.equals(bare)) {
      throw new IOException("a submission is not exactly one script call");
    }
    System.out.println("  a submission is one EVALSHA; the rest is what submit.lua itself calls");
  }

  private Map<String, Long> calls() {
    return CALLS
        .matcher(redis.info("commandstats"))
        .results()
        .collect(Collectors.toMap(call -> call.group(1), call -> Long.valueOf(call.group(2))));
  }

  private Path requestScript() throws IOException {
    return Files.writeString(
        folder.resolve("request.lua"),
        """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.body = [==[%s]==]
        """
            .formatted(body));
  }

  private double rate(Side side, Path request, int seconds)
      throws IOException, InterruptedException {
    // Nobody works on the jobs: without this the queue would grow from round to round.
    redis.flushall();
    List<String> command =
        List.of(
            "wrk",
            "-t1",
            "-c32",
            "-d" + seconds + "s",
            "-s",
            request.toString(),
            side.address.toString());
    Duration before = side.process.cpu();
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = String.join("\n", wrk.inputReader().lines().toList());
    wrk.waitFor();
    Matcher rate = RATE.matcher(said);
    Matcher requests = REQUESTS.matcher(said);
    if (!rate.find()
        || !requests.find()
        || said.contains("Non-2xx")
        || said.contains("Socket errors")) {
      throw new IOException("wrk said:\n" + said);
    }
    double cpu = side.process.cpu().minus(before).toNanos() / 1e3;
    side.micros.add(cpu / Long.parseLong(requests.group(1)));
    return Double.parseDouble(rate.group(1));
  }
}
