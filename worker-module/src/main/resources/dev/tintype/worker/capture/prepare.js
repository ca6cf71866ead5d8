// Holds the page still for its picture and says what it is. Limits: CSS pixels and milliseconds.
async ({ fullPage, maxHeight, lazyContent, maxTitle }) => {
  const root = document.documentElement;
  const height = () =>
    Math.max(
      root.scrollHeight, root.offsetHeight, root.clientHeight,
      document.body ? document.body.scrollHeight : 0,
      document.body ? document.body.offsetHeight : 0);

  const end = performance.now() + lazyContent;
  const left = () => Math.max(0, end - performance.now());
  const within = (promise) =>
    Promise.race([promise, new Promise((resolve) => setTimeout(resolve, left()))]);
  const frame = () =>
    Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
      new Promise((resolve) => setTimeout(resolve, 100)),
    ]);

  const lazyImages = () => [...document.images].filter((image) => image.loading === 'lazy');

  // A page may have put functions of its own in the place of the browser's. Then a part is missing,
  // and the rest is still worth having.
  const attempt = async (part) => {
    try {
      await part();
    } catch (e) {
      // The picture shows what came of it.
    }
  };

  const throughThePage = async () => {
    // Once through, for whatever waits to be scrolled to. "instant" overrides a scroll-behavior of
    // the page, which would still be under way when the picture is taken.
    const go = (top) => scrollTo({ left: 0, top, behavior: 'instant' });
    for (let top = 0; top < Math.min(height(), maxHeight) && left() > 0; top += innerHeight) {
      go(top);
      await frame();
    }
    for (const image of lazyImages()) {
      image.loading = 'eager';
    }
    const missing = [...document.images].filter((image) => image.src && !image.complete);
    await within(Promise.all(missing.map((image) => image.decode().catch(() => {}))));
    go(0);
    await frame();
  };

  // A shot of the whole page resizes the window for a moment. Pages notice and change their header,
  // and a transition that begins then would be photographed at its beginning.
  const holdStill = () => {
    const style = document.createElement('style');
    style.textContent =
      '*, *::before, *::after { caret-color: transparent !important; transition: none !important; }';
    root.append(style);
  };

  const endAnimations = () => {
    const roots = (top) =>
      [top, ...[...top.querySelectorAll('*')].flatMap((e) => (e.shadowRoot ? roots(e.shadowRoot) : []))];
    for (const animation of roots(document).flatMap((each) => each.getAnimations())) {
      // The end of what has one, the beginning of what has none.
      const { endTime } = animation.effect.getComputedTiming();
      attempt(() => (endTime === Infinity ? animation.cancel() : animation.finish()));
    }
  };

  if (fullPage && (document.scripts.length > 0 || lazyImages().length > 0)) {
    await attempt(throughThePage);
  }
  await attempt(holdStill);
  await attempt(endAnimations);
  // What leaves is of our own kind and size, whatever the page has put in the place of its title or of
  // the functions that are asked: a number, and as many characters as are wanted.
  const answer = { title: '', height: 0 };
  await attempt(() => {
    answer.height = height() | 0;
  });
  await attempt(() => {
    const { title } = document;
    for (let i = 0; typeof title === 'string' && i < title.length && i < maxTitle; i++) {
      answer.title += title[i];
    }
  });
  return answer;
}
