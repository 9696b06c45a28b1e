/** `npm run dev -w widget`: serves a page with the widget and a scripted server, for development. */
import { startScriptedServer } from './scripted-server.ts';
import { showcase } from './showcase.ts';

const server = await startScriptedServer({ ...showcase, mode: 'demo', firstMs: 180, pieceMs: 16 }, 4100);
console.log(`The widget is at ${server.url}`);
