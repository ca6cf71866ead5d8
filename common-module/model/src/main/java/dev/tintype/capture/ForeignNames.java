package dev.tintype.capture;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.capture.field.NameAdvice;
import dev.tintype.capture.field.Place;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What options are called at ScreenshotOne, Urlbox, browserless, Gotenberg and Cloudflare. Such a
 * name is refused with ours: accepting it would be a second vocabulary.
 */
final class ForeignNames implements NameAdvice {
  private static final String NOT_OFFERED = "-";
  private static final Pattern WORD_END = Pattern.compile("[_-]([a-zA-Z0-9])");

  // Theirs and ours; some of ours are not available yet.
  private static final String NAMES =
      """
      viewportWidth width, viewportHeight height, viewportDevice device, isMobile mobile,
      hasTouch touch, isLandscape landscape, retina deviceScaleFactor, dpr deviceScaleFactor,
      imageQuality quality, imageWidth resizeWidth, thumbWidth resizeWidth,
      imageHeight resizeHeight, thumbHeight resizeHeight, omitBackground transparent,
      type format, fileType format, waitUntil until, waitForSelector waitFor,
      waitForTimeout delay, waitDelay delay, waitForFunction waitExpression,
      waitForExpression waitExpression, waitToLeave waitGone, darkMode colorScheme,
      mediaType media, emulateMediaType media, emulatedMediaType media, timeZone timezone,
      tz timezone, timezoneId timezone, acceptLang locale, acceptLanguage locale,
      setJavaScriptEnabled javaScript, disableJs javaScript, element selector, clipX clip,
      fullPageMaxHeight maxHeight, fullPageScroll lazy, scrollPage lazy, skipScroll lazy,
      fullPageSlices sliceHeight, styles css, addStyleTag css, scripts js, addScriptTag js,
      hideSelectors hide, hideSelector hide, removeElements remove, scrollIntoView scrollTo,
      adblock blockAds, blockTrackers blockAds, blockCookieBanners cookieBanners,
      hideCookieBanners cookieBanners, noCookieBanners cookieBanners,
      clickAccept cookieBanners, blockChats blockOverlays, rejectRequestPattern blockRequests,
      blockUrls blockRequests, rejectResourceTypes blockResources, failOn4xx failOnStatus,
      failOn5xx failOnStatus, failOnHttpStatusCodes failOnStatus,
      failIfContentContains failOnTextPresent, failIfContentMissing failOnTextMissing,
      failIfSelectorMissing failOnSelectorMissing, cacheTtl cacheMaxAge, ttl cacheMaxAge,
      fresh cacheMaxAge, force cacheMaxAge, staleTtl cacheStale, unique cacheKey,
      maxRetries maxAttempts, retry maxAttempts, bestAttempt onTimeout,
      attachmentName filename, download filename, externalIdentifier metadata,
      webhook webhookUrl, callbackUrl webhookUrl, s3Path storePath, storagePath storePath,
      cookies session.cookies, headers session.headers, setExtraHTTPHeaders session.headers,
      extraHttpHeaders session.headers, authenticate session.basicAuth,
      authorization session.headers, proxy -, stealth -
      """;

  private final FieldTable table;
  private final Map<String, String> ours = new HashMap<>();

  ForeignNames(FieldTable table) {
    this.table = table;
    for (String pair : NAMES.strip().split(",\\s+", -1)) {
      String[] names = pair.split(" ", 2);
      ours.put(names[0], names[1]);
    }
  }

  @Override
  public Optional<String> about(String name, Place place) {
    String camelCase =
        WORD_END.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    if (camelCase.equals("selector")) {
      // Elsewhere it is the element to capture: whoever comes from there must not get a window.
      return Optional.of(
          "will name the element to capture, and is not available yet; to wait for an element, use "
              + place.nameOf(Wait.SELECTOR));
    }
    if (table.ofQuery(camelCase).isPresent()) {
      return camelCase.equals(name) ? Optional.empty() : answer(camelCase, place);
    }
    return Optional.ofNullable(ours.get(camelCase)).flatMap(known -> answer(known, place));
  }

  private Optional<String> answer(String known, Place place) {
    if (known.equals(NOT_OFFERED)) {
      return Optional.of("is not offered here");
    }
    Optional<Field<?>> field = table.ofQuery(known);
    return Optional.of(
        field.isPresent()
            ? "is called " + place.nameOf(field.get()) + " here"
            : "is not available yet; it will be called " + known);
  }
}
