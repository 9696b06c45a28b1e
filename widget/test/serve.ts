/** `npm run dev -w widget`: a page with the widget and a scripted conversation partner, to look at while working on it. */
import { startScriptedServer } from './scripted-server.ts';
import { showcase } from './showcase.ts';

const server = await startScriptedServer({ ...showcase, mode: 'demo', firstMs: 180, pieceMs: 16 }, 4100);
console.log(`The widget is at ${server.url}`);
