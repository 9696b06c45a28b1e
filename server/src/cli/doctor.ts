/** `npm run doctor`: finds out what is wrong before the first visitor does. */
import { runDoctorCommand } from './doctor-command.ts';
import { runCommand } from './run-command.ts';

await runCommand(async (args) => {
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  process.exitCode = await runDoctorCommand(args, { env: process.env, say });
});
