// Waits until nothing that a viewer would notice is still to come: the load event, fonts, images in
// view, a still layout. Each wait has its limit, in milliseconds. Says whether load came.
async ({ total, fonts, quiet, quietWithImages }) => {
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const inView = () =>
    [...document.images].filter((image) => {
      const box = image.getBoundingClientRect();
      return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    });
  const elements = () => document.getElementsByTagName('*').length;

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
    if (since > quiet && (since > quietWithImages || inView().every((image) => image.complete))) {
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
