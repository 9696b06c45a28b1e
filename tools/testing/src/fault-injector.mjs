/** Preloaded into a product process by a test: a signal raises an unexpected exception or rejection. */
process.on('SIGUSR2', () => {
  if (process.env.FAULT === 'rejection') void Promise.reject(new Error('an injected rejection'));
  else setImmediate(() => raise(new Error('an injected exception')));
});

/** @param {Error} error */
function raise(error) {
  throw error;
}
