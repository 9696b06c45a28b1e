/** Runs in the page before its own scripts and measures what a visitor sees. */
(() => {
  performance.mark('bench-load');

  /** The first element at the path. Each step but the last is the host of a shadow root. */
  function find(path) {
    let place = document;
    for (const step of path.slice(0, -1)) place = place?.querySelector(step)?.shadowRoot;
    return place?.querySelector(path.at(-1)) ?? undefined;
  }

  /** The element's centre, for a click. */
  function middle(path) {
    const { x, y, width, height } = find(path).getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** Resolves with the time, by `performance.now()`, of the first frame in which the element is visible. */
  function shown(path) {
    return new Promise((resolve) => {
      const look = () => {
        const element = find(path);
        if (element?.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0)
          resolve(performance.now());
        else requestAnimationFrame(look);
      };
      look();
    });
  }

  /** Milliseconds from the next click anywhere to the element's first frame. */
  function fromPressTo(path) {
    return new Promise((resolve) => {
      const pressed = ({ timeStamp }) => void shown(path).then((at) => resolve(at - timeStamp));
      addEventListener('pointerdown', pressed, { once: true, capture: true });
    });
  }

  let frames;
  function frame(at) {
    frames?.push(at);
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);

  /** Dropped frames at 60 Hz since `watchFrames`. */
  function droppedFrames() {
    const seen = frames ?? [];
    frames = undefined;
    return seen
      .slice(1)
      .reduce((dropped, at, index) => dropped + Math.max(0, Math.round((at - seen[index]) / (1000 / 60)) - 1), 0);
  }

  /** Resolves with the time, in milliseconds since the epoch, at which the element contains the text. */
  function says(path, words) {
    return new Promise((resolve) => {
      const look = () => {
        if (find(path)?.textContent.includes(words)) resolve(Date.now());
        else requestAnimationFrame(look);
      };
      look();
    });
  }

  window.probe = {
    middle,
    shown,
    fromPressTo,
    says,
    droppedFrames,
    watchFrames: () => {
      frames = [];
    },
    mark: (name) => void performance.mark(name),
  };
})();
