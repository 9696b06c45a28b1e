/** A flood of messages from one address, in a process of its own. Prints `ready`, and on SIGTERM how many were refused. */
import { randomUUID } from 'node:crypto';
import { openLightSocket } from '@firstword/testing/light-socket';
import { z } from 'zod';

const given = z
  .object({ port: z.number(), origin: z.string(), sockets: z.number(), address: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));
/** Between an acknowledgement and the next message: 150 sockets then send 750 in a second, which a busy machine can refuse, too. */
const AGAIN_MS = 200;

let started = 0;
let refused = 0;
for (let n = 0; n < given.sockets; n++)
  openLightSocket({
    port: given.port,
    origin: given.origin,
    address: given.address,
    onClose: () => process.exit(1),
    onPacket(packet, { send }) {
      const sendNext = () =>
        send(`42/widget,1${JSON.stringify(['message-send', { id: randomUUID(), text: `Again ${refused}` }])}`);
      if (packet.startsWith('0')) send('40/widget,{"site":"acme"}');
      else if (packet.startsWith('42/widget,["session-start"')) {
        started += 1;
        if (started === given.sockets) process.stdout.write('ready\n');
        sendNext();
      } else if (packet.startsWith('43/widget,1')) {
        if (packet.includes('"ok":false')) refused += 1;
        setTimeout(sendNext, AGAIN_MS);
      }
    },
  });
process.once('SIGTERM', () => process.stdout.write(`${refused}\n`, () => process.exit(0)));
