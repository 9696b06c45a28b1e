/**
 * One websocket that speaks Socket.IO's protocol (Engine.IO 4, Socket.IO 5), as much of it as text events with
 * acknowledgements need: a tenth of the general client's size, and of its work for each event.
 */

export interface EventSocketListener {
  connected(): void;
  event(name: string, payload: unknown): void;
  /** The server let nobody in; `data` says why. Nothing follows. */
  refused(data: unknown): void;
  /** The link broke or never came to be. Nothing follows. */
  broken(): void;
}

export interface EventSocket {
  /** The acknowledgement; undefined when none came within `ackMs` or the link broke. */
  ask(name: string, payload: unknown, ackMs: number): Promise<unknown>;
  /** Silent: the listener hears nothing more. */
  close(): void;
}

/** Of the handshake, from the first byte to the server's welcome. */
const CONNECT_MS = 10_000;

export function openEventSocket(
  server: string,
  namespace: string,
  auth: object,
  listener: EventSocketListener,
): EventSocket {
  const socket = new WebSocket(`${server.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  let silenceMs = CONNECT_MS;
  let silence: ReturnType<typeof setTimeout>;
  let over = false;

  function close() {
    over = true;
    clearTimeout(silence);
    removeEventListener('offline', breakOff);
    for (const settle of [...waiting.values()]) settle(undefined);
    socket.close();
  }
  function breakOff() {
    if (over) return;
    close();
    listener.broken();
  }
  function expectWord() {
    clearTimeout(silence);
    silence = setTimeout(breakOff, silenceMs);
  }

  /** `body`: what follows the packet's type and namespace. */
  function take(type: string, body: string) {
    // An acknowledgement has its number before the payload; the server asks for none.
    const [, id = '', json = ''] = /^(\d*)(.*)$/s.exec(body) ?? [];
    const content = json === '' ? undefined : JSON.parse(json);
    switch (type) {
      case '0':
        return listener.connected();
      case '1':
        return breakOff();
      case '2':
        return listener.event(content[0], content[1]);
      case '3':
        return waiting.get(Number(id))?.(content[0]);
      case '4':
        close();
        return listener.refused(content?.data);
    }
  }
  function hear(frame: string) {
    const prefix = `${namespace},`;
    switch (frame[0]) {
      case '0': {
        const { pingInterval, pingTimeout } = JSON.parse(frame.slice(1));
        silenceMs = pingInterval + pingTimeout;
        return socket.send(`40${prefix}${JSON.stringify(auth)}`);
      }
      case '1':
        return breakOff();
      case '2':
        expectWord();
        return socket.send('3');
      case '4':
        if (frame.startsWith(prefix, 2)) take(frame[1] ?? '', frame.slice(2 + prefix.length));
        else if (frame.slice(2) === namespace) take(frame[1] ?? '', '');
    }
  }

  socket.onmessage = ({ data }) => {
    if (over) return;
    // The wire carries text alone; bytes mean that somebody else answers here.
    if (typeof data === 'string') hear(data);
    else breakOff();
  };
  socket.onclose = breakOff;
  addEventListener('offline', breakOff);
  expectWord();

  return {
    ask(name, payload, ackMs) {
      asked += 1;
      const id = asked;
      return new Promise((resolve) => {
        const settle = (answer: unknown) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answer);
        };
        const timer = setTimeout(settle, ackMs);
        waiting.set(id, settle);
        if (socket.readyState === WebSocket.OPEN) socket.send(`42${namespace},${id}${JSON.stringify([name, payload])}`);
      });
    },
    close,
  };
}
