package dev.tintype.api.reference;

import dev.tintype.api.http.TaggedAnswer;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/**
 * The OpenAPI document, as a file and as a page, and a page for each problem. All of it comes from
 * this process: it reads well on a machine without internet, and tells nobody who reads it.
 */
public final class ReferenceHandler {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String VIEWER = "/META-INF/resources/webjars/swagger-ui/";
  private static final String VIEWER_POM = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  // The viewer sets styles of elements and holds its icons as data; nothing may come from
  // elsewhere.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  public ReferenceHandler() {}

  /**
   * Reads the files and takes their digests, 1.2 MB in all: before anybody asks for them, and off
   * the event loop, where the first request would hold up all others. Blocks.
   *
   * @return how many there are beside the two pages
   */
  public static int load() {
    return Files.OF_PAGE.size();
  }

  /** {@code GET /}. A page of its own may stand here one day, so that nobody may remember it. */
  public Future<Void> start(RoutingContext ctx) {
    return ctx.response()
        .setStatusCode(302)
        .putHeader(HttpHeaders.LOCATION, "/docs")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  /** {@code GET /openapi.yaml}. */
  public Future<Void> document(RoutingContext ctx) {
    return send(ctx, Files.DOCUMENT);
  }

  /** {@code GET /docs}. */
  public Future<Void> page(RoutingContext ctx) {
    return sendPage(ctx, Files.PAGE);
  }

  /** {@code GET /docs/:file}. */
  public Future<Void> file(RoutingContext ctx) {
    TaggedAnswer file = Files.OF_PAGE.get(ctx.pathParam("file"));
    if (file == null) {
      throw new RequestProblem(
          ProblemCode.ROUTE_NOT_FOUND, "no resource is at " + ctx.request().path());
    }
    return send(ctx, file);
  }

  /** {@code GET /problems/:code}. */
  public Future<Void> problem(RoutingContext ctx) {
    String word = ctx.pathParam("code");
    ProblemCode code =
        ProblemCode.of(word)
            .orElseThrow(
                () ->
                    new RequestProblem(
                        ProblemCode.ROUTE_NOT_FOUND,
                        "no problem is called \"" + word + "\"; /docs lists all"));
    String page =
        Files.PROBLEM
            .replace("{code}", code.toString())
            .replace("{status}", Integer.toString(code.status()))
            .replace("{title}", code.title())
            .replace("{advice}", code.advice());
    return sendPage(ctx, TaggedAnswer.of(HTML, Buffer.buffer(page)));
  }

  private static Future<Void> sendPage(RoutingContext ctx, TaggedAnswer page) {
    ctx.response().putHeader("Content-Security-Policy", POLICY);
    return send(ctx, page);
  }

  private static Future<Void> send(RoutingContext ctx, TaggedAnswer file) {
    HttpServerResponse response = ctx.response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    return file.send(ctx.request());
  }

  /** Read once, and shared by all event loops. */
  private static final class Files {
    static final TaggedAnswer DOCUMENT =
        TaggedAnswer.of("application/yaml", ownResource("openapi.yaml"));
    static final TaggedAnswer PAGE = TaggedAnswer.of(HTML, ownResource("docs.html"));
    static final String PROBLEM = ownResource("problem.html").toString(StandardCharsets.UTF_8);
    static final Map<String, TaggedAnswer> OF_PAGE =
        Map.of(
            "docs.js", TaggedAnswer.of(SCRIPT, ownResource("docs.js")),
            "swagger-ui-bundle.js", TaggedAnswer.of(SCRIPT, ofViewer("swagger-ui-bundle.js")),
            "swagger-ui.css", TaggedAnswer.of("text/css;charset=utf-8", ofViewer("swagger-ui.css")),
            "favicon-32x32.png", TaggedAnswer.of("image/png", ofViewer("favicon-32x32.png")));

    private static Buffer ownResource(String name) {
      return resource("/dev/tintype/api/" + name);
    }

    /** The webjar's folder has its version in its name, which its pom knows. */
    private static Buffer ofViewer(String name) {
      try (InputStream in = open(VIEWER_POM)) {
        var pom = new Properties();
        pom.load(in);
        return resource(VIEWER + pom.getProperty("version") + "/" + name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Buffer resource(String path) {
      try (InputStream in = open(path)) {
        return Buffer.buffer(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static InputStream open(String path) throws IOException {
      InputStream in = ReferenceHandler.class.getResourceAsStream(path);
      if (in == null) {
        throw new IOException("there is no resource " + path);
      }
      return in;
    }
  }
}
