package dev.tintype.api.http;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many redirects an HTTP client follows by default, and how long it waits for one response,
 * known by its User-Agent. {@code RATIONALE.md} says which numbers were measured and which are
 * still to be verified. The order matters: the first product that the User-Agent contains decides.
 */
public enum RedirectLimit {
  JDK("Java-http-client/", 4, "-Djdk.httpclient.redirects.retrylimit=50"),
  URL_CONNECTION("Java/", 19, "-Dhttp.maxRedirects=50"),
  APACHE("Apache-HttpClient/", 50, "RequestConfig.setMaxRedirects"),
  // Its read timeout is 10 s.
  OKHTTP("okhttp/", 20, Duration.ofSeconds(9), "a client with fewer limits: OkHttp's are fixed"),
  GO("Go-http-client/", 9, "http.Client.CheckRedirect"),
  AIOHTTP("aiohttp/", 9, "max_redirects"),
  URLLIB("Python-urllib/", 10, "HTTPRedirectHandler.max_redirections"),
  REQUESTS("python-requests/", 30, "Session.max_redirects"),
  // Its read timeout is 5 s.
  HTTPX("python-httpx/", 20, Duration.ofSeconds(4), "Client(max_redirects=50, timeout=60)"),
  CURL("curl/", 50, "--max-redirs"),
  WGET("Wget/", 20, "--max-redirect"),
  // Its User-Agent begins like a browser's.
  POWERSHELL("PowerShell/", 5, "-MaximumRedirection"),
  BROWSER("Mozilla/", 20, "a page that polls: browsers' limits are fixed"),
  UNDICI("undici", 20, "a loop over redirect: 'manual'"),
  NODE("node", 20, "a loop over redirect: 'manual'"),
  /** Five is the lowest default of the clients that send no User-Agent of their own. */
  UNKNOWN("", 5, "its limit of redirects");

  // Not more than a client's own patience, and no whole second: a proxy that is set to max-wait
  // and a second must not notice.
  private static final Duration LONGEST_STRETCH = Duration.ofMillis(750);

  private static final int FEW = 10;

  private final String product;
  private final int redirects;
  private final @Nullable Duration longestExchange;
  private final String remedy;

  RedirectLimit(String product, int redirects, String remedy) {
    this(product, redirects, null, remedy);
  }

  RedirectLimit(String product, int redirects, @Nullable Duration longestExchange, String remedy) {
    this.product = product;
    this.redirects = redirects;
    this.longestExchange = longestExchange;
    this.remedy = remedy;
  }

  /** The limit of the client that sends this User-Agent. */
  static RedirectLimit of(@Nullable String userAgent) {
    String text = userAgent == null ? "" : userAgent;
    return Arrays.stream(values())
        .filter(limit -> text.contains(limit.product))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** How many redirects it follows. */
  int redirects() {
    return redirects;
  }

  /**
   * Whether every exchange must be used to the full, so that slow pages still arrive within the
   * limit.
   */
  boolean isLow() {
    return redirects <= FEW;
  }

  /**
   * The wait of one exchange that would use all of {@code maxWait}: up to {@value #FEW} redirects
   * get a little more, at most 750 ms and a tenth of it; impatient clients get less.
   */
  Duration stretch(Duration maxWait) {
    if (longestExchange != null) {
      return shorter(maxWait, longestExchange);
    }
    return isLow() ? maxWait.plus(shorter(maxWait.dividedBy(10), LONGEST_STRETCH)) : maxWait;
  }

  /** The setting or method that raises the limit, for people. */
  String remedy() {
    return remedy;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
