/** The package's entry: mounts the open chat, without a launcher, into an element of the page. */
import type { mount as Mount, MountOptions } from '../types/mount.d.ts';
import { browserLocale } from './contract.ts';
import { clearKept, endSession } from './leaving.ts';
import { createFrame } from './loader/frame.ts';
import inlineCss from './mount.css?inline';
import { takePlace } from './mount-place.ts';
import { createPanel } from './panel.tsx';

export const mount: typeof Mount = (options: MountOptions) => {
  const { element, site, server, theme = 'auto', locale, nonce, userToken, onEvent } = options;
  const frame = createFrame({ theme, nonce }, element, { all: 'initial', display: 'block', 'block-size': '100%' });
  frame.adopt(inlineCss);
  const place = takePlace(site);
  const address = new URL(server).href.replace(/\/+$/, '');
  const panel = createPanel({
    place: place.number,
    root: frame.root,
    options: {
      site,
      server: address,
      locale: locale || browserLocale(),
      theme,
      position: 'end',
      nonce,
      userToken,
      page: undefined,
    },
    endSession: (token) => endSession({ server: address, site }, token),
    emit: (event, payload) => onEvent?.(event, payload),
    // Part of the page, so there is no launcher to close to.
    close: undefined,
    open: undefined,
    setUnread: () => {},
    setAccent: frame.setAccent,
    setLanguage: frame.setLanguage,
    adopt: frame.adopt,
  });
  panel.open();
  return {
    send: panel.send,
    identify: (token) => panel.identify(token ?? undefined),
    setLocale: panel.setLocale,
    setPage: panel.setPage,
    unmount() {
      panel.leave();
      place.free();
      frame.remove();
    },
    shutdown() {
      panel.shutdown();
      clearKept(site);
      place.free();
      frame.remove();
    },
  };
};
