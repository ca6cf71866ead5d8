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
          // QUIC is UDP and would pass by the proxy that checks every address.
          "--disable-quic",
          // WebRTC would, too; without UDP outside of a proxy it has nothing to leave by. The
          // second name is the one that newer releases read.
          "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
          "--webrtc-ip-handling-policy=disable_non_proxied_udp",
          // A page that opens a thousand windows opens none: no renderer is started for them.
          "--block-new-web-contents",
          // Chromium emulates scale and screen in the page's own process only: with one process a
          // site, an iframe of another site is laid out for one device pixel per CSS pixel. The
          // headless shell has this off anyway. Each context serves one capture, so there is
          // nothing of another site to protect.
          "--disable-site-isolation-trials",
          // The browser's own calls home: they are nobody's capture, and would be refused by the
          // proxy with a warning each. Playwright passes some of these today; they stay ours.
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-domain-reliability",
          "--disable-sync",
          "--no-pings",
          "--no-first-run",
          // Video and sound that start by themselves take a core and never show in a picture.
          "--autoplay-policy=user-gesture-required",
          "--mute-audio",
          // Nobody is there to answer.
          "--deny-permission-prompts");

  private LaunchFlags() {}

  static List<String> of(BrowserSettings settings) {
    var flags = new ArrayList<>(ALWAYS);
    Integer port = settings.proxyPort();
    if (port != null) {
      flags.add("--proxy-server=http://127.0.0.1:" + port);
      // Loopback is exempt from a proxy unless this says otherwise, and loopback is where an
      // attacker would look first.
      flags.add("--proxy-bypass-list=<-loopback>");
      // Whatever finds a way past the proxy has no addresses to go to.
      flags.add("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    }
    return flags;
  }
}
