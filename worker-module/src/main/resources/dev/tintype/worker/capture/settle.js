// Waits until nothing that a viewer would notice is still to come: the load event, fonts, images in
// view, a still layout. Each wait has its limit, in milliseconds. Says whether load came.
async ({ total, fonts, quiet, quietWithHoles }) => {
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const inView = () =>
    [...document.images].filter((image) => {
      const box = image.getBoundingClientRect();
      return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    });
  const elements = () => document.getElementsByTagName('*').length;

  // What has neither come nor failed has no entry, unless the browser has stopped making them.
  const pending = (all) => {
    const entries = performance.getEntriesByType('resource');
    const known = new Set(entries.map((entry) => entry.name.split('#')[0]));
    return entries.length >= 250 ? [] : all.filter((url) => /^http/.test(url) && !known.has(url.split('#')[0]));
  };
  // Nothing is painted before the style sheets are there.
  const sheets = () =>
    [...document.querySelectorAll('link[rel~="stylesheet" i]:not([rel~="alternate" i])')]
      .filter((link) => !link.sheet && !link.disabled && matchMedia(link.media).matches)
      .map((link) => link.href);
  // A page that shows nothing so far may be made by a script that is on its way.
  const isBlank = () =>
    !document.body ||
    (document.body.innerText.trim() === '' && !document.querySelector('img, svg, canvas, video, iframe'));
  const scripts = () => [...document.scripts].filter((script) => !script.noModule).map((script) => script.src);
  const hole = () =>
    !inView().every((image) => image.complete) ||
    pending(sheets()).length > 0 ||
    (isBlank() && pending(scripts()).length > 0);

  // One tracker that never answers holds the load event back for ever. So: load, or a while in which
  // nothing arrived and nothing changed; a longer while if a viewer would see a hole.
  const loaded = () => document.readyState === 'complete';
  const arrived = () => performance.getEntriesByType('resource').length + '/' + elements();
  let patience = performance.now();
  for (let last = arrived(); !loaded(); ) {
    await Promise.race([
      new Promise((resolve) => addEventListener('load', resolve, { once: true })),
      pause(100),
    ]);
    const now = arrived();
    if (now !== last) {
      last = now;
      patience = performance.now();
    }
    const since = performance.now() - patience;
    if (since > quiet && (since > quietWithHoles || !hole())) {
      break;
    }
  }
  const load = loaded();

  const end = performance.now() + total;
  const left = () => Math.max(0, end - performance.now());
  const within = (promise, limit) => Promise.race([promise, pause(Math.min(limit, left()))]);
  const frame = () => within(new Promise((resolve) => requestAnimationFrame(resolve)), 100);

  if (load && document.fonts.status !== 'loaded') {
    await within(document.fonts.ready, fonts);
  }
  const images = inView();
  if (images.length > 0) {
    await within(Promise.all(images.map((image) => image.decode().catch(() => {}))), total);
  }
  // Without scripts nothing moves by itself any more, and the frames can be saved.
  if (document.scripts.length > 0) {
    const root = document.documentElement;
    const shape = () => [root.scrollHeight, root.scrollWidth, elements()].join();
    let last = shape();
    for (let still = 0; still < 2 && left() > 0; ) {
      await frame();
      const now = shape();
      still = now === last ? still + 1 : 0;
      last = now;
    }
  }
  return { load };
}
