/** Parses and runs `npm run doctor`. */
import { parseCommandLine } from '../lib/command-line.ts';
import { writeReport } from './doctor/report.ts';
import { type DoctorParts, runDoctor } from './doctor/run-doctor.ts';

export const USAGE = `npm run doctor -- [--json]

Checks the configuration, Redis, the database, the clock, the articles, the mail server, sites, certificates, and each model of every
tier by one short call. Each line says what is well or wrong; a fault has what was asked and its fix.

  --json   prints the report as JSON
  --help   shows this text

In a container: node server/dist/cli/doctor.js. Exits with 1 when there is a fault.`;

/** The exit code. @throws UsageError for an unknown option */
export async function runDoctorCommand(
  args: string[],
  { say, ...parts }: DoctorParts & { readonly say: (text: string) => void },
): Promise<number> {
  const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values } = parseCommandLine({ args, options });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const report = await runDoctor(parts);
  say(values.json ? JSON.stringify(report, null, 2) : writeReport(report));
  return report.ok ? 0 : 1;
}
