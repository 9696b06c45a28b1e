/** The stages that `npm test` and `npm run check` go through. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildStep } from './build.mjs';
import { countTests } from './counts.mjs';
import { packagesStep } from './packages.mjs';
import { chromium, findProgram, nginx, programsStep, redisServer } from './programs.mjs';
import { readSecurityRows, securityTable } from './security-table.mjs';
import { createSteps } from './steps.mjs';

/** `.ci/run` allows 29 minutes; the rest is for installing programs on a bare machine and for the summary. */
const LIMIT_MS = 27 * 60_000;

/** Projects of vitest.config.ts. Named, because several negated patterns together match every project. */
const PLAIN_PROJECTS = ['unit', 'server', 'replacing'];
/** Those that need a browser. */
const BROWSER_PROJECTS = ['widget', 'console', 'e2e'];

/** What would make tests meet the user's own Redis, keys or settings. */
const NOT_FOR_TESTS =
  /^(NODE_ENV|PORT|HOST|PUBLIC_URL|REDIS_URL|DATABASE_URL|LLM_.*|DEMO_.*|APP_SECRET|CONFIG_FILE|ROLE|LOG_LEVEL|TRUST_PROXY|DATA_DIR)$/;

/**
 * @param {{ root: string, run: import('./runner.mjs').Run, isRoot: boolean, browser: boolean }} options
 * @returns {(import('./stages.mjs').Stage | import('./stages.mjs').Stage[])[]}
 */
export function createChecks({ root, run, isRoot, browser }) {
  const step = createSteps({ out: process.stdout });
  const deadline = performance.now() + LIMIT_MS;
  const timeLeftMs = () => Math.max(1000, deadline - performance.now());
  const bin = (/** @type {string} */ name) => join(root, 'node_modules', '.bin', name);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_FOR_TESTS.test(name)));
  const browserProgram = chromium(process.env);
  const programs = browser ? [redisServer, browserProgram, nginx] : [redisServer];

  /** @type {(name: string, work: Parameters<typeof step>[0]) => import('./stages.mjs').Stage} */
  const done = (name, work) => ({
    name,
    check: async () => {
      await step(work);
      return { passed: 1, failed: 0, skipped: 0 };
    },
  });

  /** @type {(name: string, program: string, ...args: string[]) => import('./stages.mjs').Stage} */
  const clean = (name, program, ...args) => ({
    name,
    check: async () => {
      const { code, output } = await run(process.execPath, [bin(program), ...args], { env, timeoutMs: timeLeftMs() });
      return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0, output };
    },
  });

  const reportOf = (/** @type {string} */ name) => join(root, '.tsbuild', `${name.replaceAll(' ', '-')}.json`);

  /** Prints the table of `npm run test:security` from the reports of the tests, which ran once. */
  const securityStage = (/** @type {readonly string[]} */ names) => ({
    name: 'security table',
    check: async () => {
      const found = readSecurityRows(
        names
          .map(reportOf)
          .filter(existsSync)
          .map((path) => readFileSync(path, 'utf8')),
      );
      console.log(securityTable({ ...found, failed: [] }));
      return { passed: found.rows.length, failed: found.missing.length, skipped: 0 };
    },
  });

  /** @type {(name: string, projects: readonly string[]) => import('./stages.mjs').Stage} */
  const tests = (name, projects) => ({
    name,
    check: async () => {
      const report = reportOf(name);
      rmSync(report, { force: true });
      const path = findProgram(browserProgram, process.env);
      const reporter = process.stdout.isTTY && !process.env.CI ? 'default' : 'dot';
      const { code } = await run(
        process.execPath,
        [
          bin('vitest'),
          'run',
          `--reporter=${reporter}`,
          '--reporter=json',
          `--outputFile.json=${report}`,
          ...projects.map((project) => `--project=${project}`),
        ],
        { env: path === undefined ? env : { ...env, CHROMIUM_PATH: path }, show: true, timeoutMs: timeLeftMs() },
      );
      return countTests(existsSync(report) ? readFileSync(report, 'utf8') : undefined, code);
    },
  });

  return [
    done('packages', packagesStep({ root, run })),
    [
      done('programs', programsStep({ programs, run, env: process.env, isRoot })),
      clean('types', 'tsc', '-b'),
      clean('lint and rooms', 'biome', 'check', '--error-on-warnings', '.'),
      clean('dead code', 'knip'),
      done('build', buildStep({ root, run })),
    ],
    tests('tests', PLAIN_PROJECTS),
    ...(browser ? [tests('browser tests', BROWSER_PROJECTS), securityStage(['tests', 'browser tests'])] : []),
  ];
}
