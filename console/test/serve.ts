/** `npm run dev -w console`: serves the console with the scripted server, for development. */
import { FIRST_RUN_TOKEN, PASSWORD, startScriptedServer } from './scripted-server.ts';
import { shopTickets } from './shop-tickets.ts';
import { agent } from './ticket-builders.ts';

const server = await startScriptedServer(shopTickets(Date.now()), 4200);
console.log(`The console is at ${server.url}/console (${agent.email}, "${PASSWORD}")`);
console.log(`First run: ${server.url}/console/first-run#token=${FIRST_RUN_TOKEN}`);
