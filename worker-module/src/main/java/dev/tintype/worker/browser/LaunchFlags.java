package dev.tintype.worker.browser;

import java.util.ArrayList;
import java.util.List;

/**
 * The browser's command line, beyond what Playwright itself passes for a quiet, reproducible
 * browser (no first run, no updates, no extensions, sRGB).
 */
final class LaunchFlags {
  private static final List<String> ALWAYS =
      List.of(
          // QUIC is UDP and would bypass the proxy that checks every address.
          "--disable-quic",
          // So would WebRTC. Without UDP outside of a proxy it has no way out. Newer releases read
          // the second name.
          "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
          "--webrtc-ip-handling-policy=disable_non_proxied_udp",
          // Popups are blocked before a renderer is started for them.
          "--block-new-web-contents",
          // Chromium emulates scale and screen in the page's own process only: with one process a
          // site, an iframe of another site is laid out for one device pixel per CSS pixel. The
          // headless shell has this off anyway. Each context serves one capture, so there is
          // nothing of another site to protect.
          "--disable-site-isolation-trials",
          // The browser's own requests belong to no capture, and the proxy would refuse each with
          // a warning. Playwright passes some of these flags today; we do not rely on it.
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-domain-reliability",
          "--disable-sync",
          "--no-pings",
          "--no-first-run",
          // Media that play by themselves use a core and do not show in an image.
          "--autoplay-policy=user-gesture-required",
          "--mute-audio",
          // There is no user to answer a prompt.
          "--deny-permission-prompts");

  private LaunchFlags() {}

  static List<String> of(BrowserSettings settings) {
    var flags = new ArrayList<>(ALWAYS);
    Integer port = settings.proxyPort();
    if (port != null) {
      flags.add("--proxy-server=http://127.0.0.1:" + port);
      // By default loopback addresses bypass a proxy, and an attacker would look there first.
      flags.add("--proxy-bypass-list=<-loopback>");
      // Without name resolution, a request that bypasses the proxy has no address.
      flags.add("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    }
    return flags;
  }
}
