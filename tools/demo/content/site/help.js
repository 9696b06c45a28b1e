/** Makes the help centre quicker where scripts run: results while typing, and a button that opens the chat. */

const TYPING_PAUSE_MS = 120;

function call(...parts) {
  window.firstword =
    window.firstword ||
    ((...queued) => {
      window.firstword.q = window.firstword.q || [];
      window.firstword.q.push(queued);
    });
  window.firstword(...parts);
}

function showChatButtons() {
  for (const button of document.querySelectorAll('[data-open-chat]')) button.hidden = false;
}

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-open-chat]')) call('open');
});

/** Replaces the list with the results of the server's search page, and updates the address without loading a page. */
function searchWhileTyping(input) {
  let pause;
  let running;
  const show = async () => {
    running?.abort();
    running = new AbortController();
    const query = input.value.trim();
    const address = query === '' ? './' : `./?q=${encodeURIComponent(query)}`;
    try {
      const answer = await fetch(address, { signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.getElementById('results');
      if (!answer.ok || !found) return;
      document.getElementById('results')?.replaceChildren(...found.childNodes);
      document.title = page.title;
      history.replaceState(null, '', address);
      showChatButtons();
    } catch (error) {
      // A newer search has started, or the network is down: keep the list.
      if (error.name !== 'AbortError') console.warn(error);
    }
  };
  input.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(show, TYPING_PAUSE_MS);
  });
}

showChatButtons();
const input = document.querySelector('.search input');
if (input && document.getElementById('results')) searchWhileTyping(input);
