/** The page's API, `window.firstword`: replays calls made before it was loaded, and emits events. */
import { EVENT_NAMES, type EventName, type PageView } from '../contract.ts';

export interface PageCommands {
  open(): void;
  close(): void;
  toggle(): void;
  send(text: string): void;
  /** Undefined when the visitor has signed out. */
  identify(token: string | undefined): void;
  locale(locale: string): void;
  page(page: PageView): void;
  shutdown(): void;
}

export interface PageApi {
  emit(event: EventName, payload?: unknown): void;
  remove(): void;
}

type Call = (...call: unknown[]) => void;
const isCall = (value: unknown): value is Call => typeof value === 'function';
type PageFunction = Call & { q?: ArrayLike<unknown>[]; booted?: boolean };
declare global {
  interface Window {
    firstword?: PageFunction;
  }
}

/** True when another copy of the script already runs in this page. */
export function isBooted(): boolean {
  return window.firstword?.booted === true;
}

/**
 * Removes the queued calls of a widget that was shut down before its script ran: all up to the first `shutdown`.
 * Returns false if this script has nothing left to do. A component that is mounted twice (React's StrictMode) adds
 * the script, calls `shutdown` and adds it again; then the second script shows the launcher. `shutdown` is called once
 * for each of these.
 */
export function startsLife(script: HTMLScriptElement, shutdown: () => void): boolean {
  const queue = window.firstword?.q;
  if (!queue) return true;
  for (let at = 0; at < queue.length; at += 1) {
    if (queue[at]?.[0] !== 'shutdown') continue;
    queue.splice(0, at + 1);
    shutdown();
    return script.isConnected && queue.length > 0 && queue.every((call) => call[0] !== 'shutdown');
  }
  return true;
}

/** For the developer of the page: what a call got wrong, and what is allowed. */
const reportFault = (fault: string) => console.error(`Firstword: ${fault}`);
const METHODS = 'open, close, toggle, send, identify, locale, page, on, off, shutdown';

export function installPageApi(commands: PageCommands): PageApi {
  const listeners = new Map<EventName, Set<Call>>();
  let ready = false;
  let removed = false;

  function listen(add: boolean, name: unknown, listener: unknown) {
    const event = EVENT_NAMES.find((each) => each === name);
    if (!event || !isCall(listener))
      return reportFault(`on and off take a function and one of the events ${EVENT_NAMES.join(', ')}, not "${name}".`);
    const registered = listeners.get(event) ?? new Set();
    listeners.set(event, registered);
    if (!add) return void registered.delete(listener);
    registered.add(listener);
    // A late listener still gets `ready`.
    if (event === 'ready' && ready) listener();
  }

  function call(method: unknown, first: unknown, second: unknown) {
    if (removed) return;
    const given = (first ?? {}) as { token?: unknown } & Partial<PageView>;
    switch (method) {
      case 'open':
      case 'close':
      case 'toggle':
      case 'shutdown':
        return commands[method]();
      case 'send':
        if (first !== undefined && typeof first !== 'string') return reportFault('send takes a text');
        return commands.send(first ?? '');
      case 'identify':
        if (first === null || given.token === null) return commands.identify(undefined);
        if (typeof given.token === 'string') return commands.identify(given.token);
        // A page whose visitor has not signed in may call it without one.
        if (typeof first === 'string' || given.token !== undefined)
          reportFault('identify takes { token: "…" }, or null once the visitor has signed out.');
        return;
      case 'locale':
        return typeof first === 'string' ? commands.locale(first) : undefined;
      case 'page': {
        const { url = location.href, title } = given;
        return commands.page({ url: String(url), ...(title !== undefined && { title: String(title) }) });
      }
      case 'on':
      case 'off':
        return listen(method === 'on', first, second);
      default:
        reportFault(`"${method}" is not a method. Methods: ${METHODS}.`);
    }
  }

  const queued = window.firstword?.q ?? [];
  const installed: PageFunction = (method, first, second) => call(method, first, second);
  installed.booted = true;
  window.firstword = installed;

  function emit(event: EventName, payload?: unknown) {
    if (event === 'ready') ready = true;
    for (const listener of listeners.get(event) ?? []) {
      // An error in the page's listener is reported to the page and must not stop the widget.
      try {
        listener(payload);
      } catch (error) {
        setTimeout(() => {
          throw error;
        });
      }
    }
  }
  setTimeout(() => {
    for (const entry of queued) call(entry[0], entry[1], entry[2]);
    if (!removed) emit('ready');
  });

  return {
    emit,
    remove() {
      removed = true;
      listeners.clear();
      if (window.firstword === installed) delete window.firstword;
    },
  };
}
