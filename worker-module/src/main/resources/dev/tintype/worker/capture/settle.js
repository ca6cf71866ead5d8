// Waits until nothing that a viewer would notice is still to come: fonts, images in view, layout.
// Runs after load. Each wait has a limit and the whole has one, in milliseconds.
async ({ total, fonts }) => {
  const end = performance.now() + total;
  const left = () => Math.max(0, end - performance.now());
  const within = (promise, limit) =>
    Promise.race([promise, new Promise((resolve) => setTimeout(resolve, Math.min(limit, left())))]);
  const frame = () => within(new Promise((resolve) => requestAnimationFrame(resolve)), 100);

  if (document.fonts.status !== 'loaded') {
    await within(document.fonts.ready, fonts);
  }

  const inView = [...document.images].filter((image) => {
    const box = image.getBoundingClientRect();
    return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  });
  if (inView.length > 0) {
    await within(Promise.all(inView.map((image) => image.decode().catch(() => {}))), total);
  }

  // Without scripts nothing moves by itself any more, and the frames can be saved.
  if (document.scripts.length > 0) {
    const shape = () => {
      const root = document.documentElement;
      return [root.scrollHeight, root.scrollWidth, document.getElementsByTagName('*').length].join();
    };
    let last = shape();
    for (let still = 0; still < 2 && left() > 0; ) {
      await frame();
      const now = shape();
      still = now === last ? still + 1 : 0;
      last = now;
    }
  }
  return {};
}
