/** The script that pages embed: shows the launcher and loads the panel on demand, or just before. */
import { EVERY_SITE, MARKS_PLACE, siteMark } from '@firstword/shared/site-mark';
import { attempt } from './attempt.ts';
import type { Panel, PanelModule, ProactiveModule } from './contract.ts';
import { sessionKey, tabKey } from './kept.ts';
import { clearKept, endSession, leftKey } from './leaving.ts';
import { createLauncher, type Launcher } from './loader/launcher.ts';
import { type LoaderOptions, readOptions, setUpFault } from './loader/options.ts';
import { installPageApi, isBooted, startsLife } from './loader/page-api.ts';
import { detach } from './natives.ts';

declare const __PANEL_FILE__: string;
declare const __PROACTIVE_FILE__: string;

/** Busy pages may never be idle; two seconds is soon enough for a prefetch. */
function whenIdle(work: () => void) {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 1000);
}

/** Ends the session that is stored in this browser, and removes everything. */
function forget(options: LoaderOptions) {
  endSession(options, kept(sessionKey(options.site)));
  clearKept(options.site);
}

const hasProactiveMessages = ({ site, proactive }: LoaderOptions) =>
  proactive || MARKS_PLACE.split(' ').some((mark) => mark === EVERY_SITE || mark === siteMark(site));

const kept = (key: string) => attempt(() => localStorage.getItem(key));

function boot(options: LoaderOptions) {
  const { site } = options;
  const session = sessionKey(site);
  endSession(options, kept(leftKey(site)));
  let drawn: Launcher | undefined;
  const panelUrl = new URL(__PANEL_FILE__, options.scriptUrl).href;
  let loading: Promise<Panel | undefined> | undefined;
  let open = false;
  let removed = false;

  const api = installPageApi({
    open: () => setOpen(true),
    close: () => setOpen(false),
    toggle: () => setOpen(!open),
    send(text) {
      setOpen(true);
      void withPanel((panel) => panel.send(text));
    },
    identify(token) {
      options.userToken = token;
      update(
        (panel) => panel.identify(token),
        () => {
          // Signed out: without the panel, which clears its own state, the stored values must be removed here.
          if (token === undefined) forget(options);
        },
      );
    },
    locale: (locale) =>
      update(
        (panel) => panel.setLocale(locale),
        () => {
          options.locale = locale;
        },
      ),
    page: (page) =>
      update(
        (panel) => panel.setPage(page),
        () => {
          options.page = page;
        },
      ),
    shutdown,
  });

  const preload = document.createElement('link');
  preload.rel = 'modulepreload';
  preload.href = panelUrl;
  if (options.nonce) preload.nonce = options.nonce;
  // The page's head is not ours, so remove the link once it has done its work.
  for (const end of ['load', 'error']) preload.addEventListener(end, () => detach(preload));

  async function createPanel(): Promise<Panel | undefined> {
    try {
      const module: PanelModule = await import(/* @vite-ignore */ panelUrl);
      if (removed) return undefined;
      return module.createPanel({
        ...launcher(),
        options,
        place: 1,
        emit: api.emit,
        endSession: (token) => endSession(options, token),
        close: () => setOpen(false),
        open: (restored) => setOpen(true, restored),
      });
    } catch {
      const wanted = open;
      loading = undefined;
      setOpen(false);
      if (wanted) launcher().showFailure();
      api.emit('error', { code: 'panel-unreachable' });
      return undefined;
    }
  }

  async function withPanel(use: (panel: Panel) => void) {
    loading ??= createPanel();
    const panel = await loading;
    if (panel && !removed) use(panel);
  }

  /** Calls the panel if it is loading or loaded; otherwise keeps the value in the options and fetches nothing. */
  function update(now: (panel: Panel) => void, later: () => void) {
    if (loading) void withPanel(now);
    else later();
  }

  /** `restored`: the visitor had left it open on the page before. */
  function setOpen(next: boolean, restored = false) {
    if (open === next || removed) return;
    open = next;
    const { root, button, setOpen: draw } = launcher();
    draw(open);
    api.emit(open ? 'open' : 'close');
    // Return the focus to the launcher only if it was inside the widget.
    if (!open && root.activeElement) button.focus({ preventScroll: true });
    // Nothing to close where the panel could not be loaded.
    if (open || loading) void withPanel((panel) => (open ? panel.open(restored) : panel.close()));
  }

  const connect = () => {
    if (!removed) void withPanel((panel) => panel.connect());
  };
  function draw(): Launcher {
    const fresh = createLauncher(options);
    if (options.accent) fresh.setAccent(options.accent);
    fresh.button.addEventListener('click', () => setOpen(!open));
    fresh.button.addEventListener('pointerenter', connect, { once: true });
    fresh.button.addEventListener('focus', connect, { once: true });
    return fresh;
  }
  function launcher(): Launcher {
    drawn ??= draw();
    return drawn;
  }
  // In a separate task: parsing the script and drawing in one task would block the page on a slow device.
  setTimeout(() => removed || launcher());

  async function startProactive() {
    const module: ProactiveModule = await import(
      /* @vite-ignore */ new URL(__PROACTIVE_FILE__, options.scriptUrl).href
    );
    if (!removed) await module.startProactive({ options, launcher: launcher(), withPanel, isRemoved: () => removed });
  }

  whenIdle(() => {
    if (removed) return;
    if (hasProactiveMessages(options)) startProactive().catch(() => {});
    if (kept(session)) connect();
    // Prefetch without running: no work, socket or storage before the visitor wants to chat.
    else if (!loading) document.head.appendChild(preload);
  });
  if (options.openAtOnce) setOpen(true);
  // The panel knows whether its visitor had left it open. After the queued calls: one of them may name another visitor.
  else if (attempt(() => sessionStorage.getItem(tabKey(session)))) setTimeout(connect);

  function shutdown() {
    removed = true;
    void loading?.then((panel) => {
      panel?.shutdown();
      clearKept(site);
    });
    forget(options);
    api.remove();
    detach(preload);
    drawn?.remove();
  }
}

function bootOnce(script: HTMLScriptElement, options: LoaderOptions) {
  if (!isBooted() && startsLife(script, () => forget(options))) boot(options);
}

// `currentScript` is set only while the script runs, and never in a module.
const script = document.currentScript;
const fault = setUpFault(script);
if (fault !== undefined) console.error(`Firstword: ${fault}`);
else if (script instanceof HTMLScriptElement) {
  const options = readOptions(script);
  if (document.body) bootOnce(script, options);
  else document.addEventListener('DOMContentLoaded', () => bootOnce(script, options), { once: true });
}
