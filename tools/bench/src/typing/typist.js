/** Runs in the page: types into the widget's field as a person would, so that the browser's own input events are measured. */
window.typist = {
  /** Resolves once Enter was pressed, with how late each key was, in milliseconds. */
  async type(text, gapsMs, beforeEnterMs) {
    const field = document.querySelector('[data-firstword]').shadowRoot.querySelector('textarea');
    field.focus();
    let due = performance.now();
    const lateMs = [];
    const until = async (ms) => {
      due += ms;
      const left = due - performance.now();
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
      lateMs.push(performance.now() - due);
    };
    for (const [at, character] of [...text].entries()) {
      await until(gapsMs[at]);
      document.execCommand('insertText', false, character);
    }
    await until(beforeEnterMs);
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }),
    );
    return lateMs;
  },
};
