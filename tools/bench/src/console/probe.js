/** Runs in the console's page before its own scripts: measures from an input to the frame that shows its effect, and scrolling. */
(() => {
  /** Frames after which a page that does not come counts as missing. */
  const STUCK_MAX = 600;
  const visible = (selector) =>
    [...document.querySelectorAll(selector)].find((element) => element.checkVisibility({ visibilityProperty: true }));
  /** After the frame that is being made has been painted. */
  const painted = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(undefined);
  };

  /** Resolves with the time at which a frame was painted in which `found` is truthy. */
  function shown(found) {
    return new Promise((resolve) => {
      const look = () => {
        if (found()) painted(resolve);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }

  let measured;
  /** Measures from the next input of this type until `found` is truthy; a timer starts again with each further input. */
  function measure(type, found) {
    measured = new Promise((resolve) => {
      let inputs = 0;
      const start = ({ timeStamp }) => {
        inputs += 1;
        const input = inputs;
        void shown(() => input !== inputs || found()).then((at) => {
          if (input !== inputs) return;
          removeEventListener(type, start, true);
          resolve(at - timeStamp);
        });
      };
      addEventListener(type, start, true);
    });
  }

  window.bench = {
    /** From the start of the page load. */
    loaded: (selector) => shown(() => visible(selector)),
    /** Until other elements are visible than now. */
    untilNew(type, selector) {
      const before = visible(selector);
      measure(type, () => {
        const first = visible(selector);
        return first !== undefined && first !== before;
      });
    },
    /** Until exactly this text is marked as found. */
    untilMarked: (type, selector, text) =>
      measure(type, () =>
        [...document.querySelectorAll(`${selector} mark`)].some((mark) => mark.textContent.toLowerCase() === text),
      ),
    measured: () => measured,

    /**
     * Scrolls the list that has the rows by `step` pixels a frame, until it has moved by `distance` or is at its end.
     * `waits`: frames in which it could not move because the next page was being loaded. `blank`: without a row in its middle.
     */
    scroll(rows, step, distance) {
      const row = visible(rows);
      const box = row.closest('.list__rows');
      const { x, y, width, height } = box.getBoundingClientRect();
      const startedAt = box.scrollTop;
      const intervals = [];
      let [waits, stuck, blank, last] = [0, 0, 0, undefined];
      return new Promise((resolve) => {
        const move = (at) => {
          if (last !== undefined) intervals.push(at - last);
          last = at;
          const middle = document.elementFromPoint(x + width / 2, y + height / 2);
          if (middle?.closest(rows) == null) blank += 1;
          const before = box.scrollTop;
          box.scrollTop += step;
          const isAtEnd = box.scrollTop === before;
          const mayGrow = step > 0 && document.querySelector('.load-more')?.closest('.list__rows') === box;
          stuck = isAtEnd && mayGrow ? stuck + 1 : 0;
          if (stuck > 0) waits += 1;
          const moved = Math.abs(box.scrollTop - startedAt);
          if (moved < distance && (!isAtEnd || (mayGrow && stuck < STUCK_MAX))) requestAnimationFrame(move);
          else resolve({ intervals, waits, blank, moved });
        };
        requestAnimationFrame(move);
      });
    },
    /** The height of the loaded rows, divided by their number. */
    rowHeight(rows) {
      const all = [...document.querySelectorAll(rows)];
      const first = all[0].getBoundingClientRect();
      const later = all[Math.min(20, all.length - 1)].getBoundingClientRect();
      return (later.top - first.top) / Math.min(20, all.length - 1);
    },
    count: (selector) => document.querySelectorAll(selector).length,
  };
})();
