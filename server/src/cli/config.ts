/** `npm run config`: writes what is set in the console as a part of the configuration file. */
import { writeFileSync } from 'node:fs';
import { readConfig } from '../config/config.ts';
import { parseCommandLine, UsageError } from '../lib/command-line.ts';
import { didYouMean } from '../lib/near-miss.ts';
import { readSettings } from '../settings/settings-publisher.ts';
import { exportSettings } from './config/export-settings.ts';
import { runCommand, withRecords } from './run-command.ts';

const USAGE = `npm run config -- COMMAND

  export [--out FILE]   writes the sites and budgets that are set in the console as JSON for firstword.config.json, to
                        standard output or FILE. What the file sets already is not in it. Secrets become "$NAME": set these
                        environment variables.

Uses DATABASE_URL, or the private PostgreSQL that a running \`npm start\` keeps in DATA_DIR.`;

await runCommand(async (args) => {
  const options = { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseCommandLine({ args, allowPositionals: true, options });
  const [name = 'help', ...rest] = positionals;
  if (values.help || name === 'help') return void process.stdout.write(`${USAGE}\n`);
  if (name !== 'export') throw new UsageError(`"${name}" is not a command.${didYouMean(name, ['export'])}\n\n${USAGE}`);
  if (rest.length > 0)
    throw new UsageError(`\`export\` needs no argument, but was given "${rest.join(' ')}".\n\n${USAGE}`);
  const config = readConfig(process.env);
  await withRecords(config, async ({ settings }) => {
    const { json } = await readSettings(settings);
    const { file, variables } = exportSettings(json, config.namedSettings);
    const text = `${JSON.stringify(file, null, 2)}\n`;
    if (values.out === undefined) process.stdout.write(text);
    else writeFileSync(values.out, text);
    if (variables.length > 0) process.stderr.write(`Set ${variables.join(', ')}: secrets are not exported.\n`);
  });
});
