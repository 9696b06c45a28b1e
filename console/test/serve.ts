/** `npm run dev -w console`: the page with a scripted help desk behind it, to look at while working on it. */
import { agent, deskTickets } from './desk-tickets.ts';
import { FIRST_RUN_TOKEN, PASSWORD, startScriptedServer } from './scripted-server.ts';

const server = await startScriptedServer(deskTickets(Date.now()), 4200);
console.log(`The console is at ${server.url}/console (${agent.email}, "${PASSWORD}")`);
console.log(`First run: ${server.url}/console/first-run#token=${FIRST_RUN_TOKEN}`);
