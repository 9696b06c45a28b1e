/** A mail server that greets, offers sign-in, gives one reply to it, and keeps the mails that it accepts. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.ts';

export interface SmtpServer {
  /** `host:port` */
  readonly host: string;
  /** As they were sent, with their headers. */
  readonly mails: readonly string[];
  stop(): Promise<void>;
}

/** @param signInReply such as `235 ok` or `535 5.7.8 refused` */
export async function startSmtpServer(signInReply = '235 ok'): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const mails: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.write('220 test\r\n');
    let mail: string | undefined;
    socket.on('data', (bytes) => {
      const line = bytes.toString();
      if (mail !== undefined) {
        mail += line;
        if (!mail.endsWith('\r\n.\r\n')) return;
        mails.push(mail);
        mail = undefined;
        socket.write('250 ok\r\n');
        return;
      }
      if (/^EHLO/i.test(line)) socket.write('250-test\r\n250 AUTH PLAIN\r\n');
      else if (/^AUTH/i.test(line)) socket.write(`${signInReply}\r\n`);
      else if (/^DATA/i.test(line)) {
        mail = '';
        socket.write('354 go on\r\n');
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    });
  });
  const port = await listenLocally(server);
  return {
    host: `127.0.0.1:${port}`,
    mails,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
