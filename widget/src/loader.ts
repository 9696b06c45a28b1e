/** The script that pages embed: shows the launcher and fetches the panel when it is wanted, or just before. */
import { type Panel, type PanelModule, sessionKey } from './contract.ts';
import { createLauncher, type Launcher } from './loader/launcher.ts';
import { type LoaderOptions, readOptions } from './loader/options.ts';
import { installPageApi, isBooted } from './loader/page-api.ts';

declare const __PANEL_FILE__: string;

function hasSession(site: string): boolean {
  try {
    return localStorage.getItem(sessionKey(site)) !== null;
  } catch {
    return false;
  }
}

/** Quiet moments come late on busy pages; two seconds is soon enough for a prefetch. */
function whenIdle(work: () => void) {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 1000);
}

function boot(options: LoaderOptions) {
  let drawn: Launcher | undefined;
  const panelUrl = new URL(__PANEL_FILE__, options.scriptUrl).href;
  let loading: Promise<Panel | undefined> | undefined;
  let open = false;
  let over = false;

  const api = installPageApi({
    open: () => setOpen(true),
    close: () => setOpen(false),
    toggle: () => setOpen(!open),
    send(text) {
      setOpen(true);
      void withPanel((panel) => panel.send(text));
    },
    identify: (token) =>
      tell(
        (panel) => panel.identify(token),
        () => {
          options.userToken = token;
        },
      ),
    locale: (locale) =>
      tell(
        (panel) => panel.setLocale(locale),
        () => {
          options.locale = locale;
        },
      ),
    page: (page) =>
      tell(
        (panel) => panel.setPage(page),
        () => {
          options.page = page;
        },
      ),
    shutdown,
  });

  const ahead = document.createElement('link');
  ahead.rel = 'modulepreload';
  ahead.href = panelUrl;
  if (options.nonce) ahead.nonce = options.nonce;
  // What it was for is done either way, and the page's head is not ours.
  for (const end of ['load', 'error']) ahead.addEventListener(end, () => ahead.remove());

  async function createPanel(): Promise<Panel | undefined> {
    try {
      const module: PanelModule = await import(/* @vite-ignore */ panelUrl);
      if (over) return undefined;
      return module.createPanel({
        ...launcher(),
        options,
        emit: api.emit,
        close: () => setOpen(false),
      });
    } catch {
      loading = undefined;
      setOpen(false);
      api.emit('error', { code: 'panel-unreachable' });
      return undefined;
    }
  }

  async function withPanel(use: (panel: Panel) => void) {
    loading ??= createPanel();
    const panel = await loading;
    if (panel && !over) use(panel);
  }

  /** Speaks to the panel when there is one; otherwise the value waits in the options and nothing is fetched. */
  function tell(now: (panel: Panel) => void, later: () => void) {
    if (loading) void withPanel(now);
    else later();
  }

  function setOpen(next: boolean) {
    if (open === next || over) return;
    open = next;
    const { root, button, setOpen: draw } = launcher();
    draw(open);
    api.emit(open ? 'open' : 'close');
    // Only a focus inside the widget is given back; one in the page stays where it is.
    if (!open && root.activeElement) button.focus({ preventScroll: true });
    void withPanel((panel) => (open ? panel.open() : panel.close()));
  }

  const warm = () => void withPanel((panel) => panel.connect());
  function draw(): Launcher {
    const fresh = createLauncher(options);
    if (options.accent) fresh.setAccent(options.accent);
    fresh.button.addEventListener('click', () => setOpen(!open));
    fresh.button.addEventListener('pointerenter', warm, { once: true });
    fresh.button.addEventListener('focus', warm, { once: true });
    return fresh;
  }
  function launcher(): Launcher {
    drawn ??= draw();
    return drawn;
  }
  // In a task of its own: on a slow device, reading the script and drawing would together hold the page up.
  setTimeout(() => over || launcher());

  whenIdle(() => {
    if (over) return;
    if (hasSession(options.site)) warm();
    // Fetched ahead but not run: no work for the page, no socket, no storage, until somebody wants to talk.
    else if (!loading) document.head.append(ahead);
  });
  if (options.openAtOnce) setOpen(true);

  function shutdown() {
    over = true;
    void loading?.then((panel) => panel?.shutdown());
    api.remove();
    ahead.remove();
    drawn?.remove();
  }
}

// Only while the script element runs does the browser say which one it is.
const script = document.currentScript;
const options = script instanceof HTMLScriptElement ? readOptions(script) : undefined;
if (options && !isBooted()) {
  if (document.body) boot(options);
  else document.addEventListener('DOMContentLoaded', () => isBooted() || boot(options), { once: true });
}
