import { describe, expect, test } from 'vitest';
import { SAMPLE_MODELS } from '../../evaluation/sample-models.ts';
import { writeCsv } from './csv.ts';
import { writeHtml } from './html-report.ts';
import { createModelsReport } from './models-report.ts';
import { readOptions } from './options.ts';
import { writeTable } from './text-table.ts';

function report(args: string[], ownDelayMs = 1) {
  const options = readOptions(args, {});
  if (options === 'help') throw new Error('no options');
  return createModelsReport(options, SAMPLE_MODELS, ownDelayMs);
}

describe('CSV', () => {
  const lines = writeCsv(SAMPLE_MODELS).split('\r\n');

  test('has a header, a row for each model and a final line break', () => {
    expect(lines).toHaveLength(SAMPLE_MODELS.length + 2);
    expect(lines[0]).toMatch(/^model,name,provider,runs,ttft_mean_ms,/);
    expect(lines.at(-1)).toBe('');
  });

  test('leaves cells without a figure empty', () => {
    expect(lines[3]).toBe('glm-5,GLM-5,Zhipu,0,,,,,,no,1.92,premium,,,rate-limited:3');
  });

  test('quotes special characters, and escapes formulas', () => {
    expect(lines[2]).toMatch(/^"'=own,""<model>""",/);
  });
});

describe('the table', () => {
  test('states the protocol, including the warm-up', () => {
    expect(writeTable(report(['--demo', '--warm-up', '3']))).toMatch(
      /^demo engine, region us-east: "Explain recursion in 200 words", .* 10 runs a model after 3 uncounted, 5 models/,
    );
  });

  test('marks estimates and errors', () => {
    const text = writeTable(report([]));
    expect(text).toMatch(/~12\.0 .*upstream-error ×2/);
    expect(text).toContain('did not report its tokens');
    expect(text).toMatch(/GLM-5 .*rate-limited ×3/);
  });

  test('ends with the result of the check, if there was one', () => {
    expect(writeTable(report([]))).not.toContain('reference');
    expect(writeTable(report(['--check']))).toMatch(/2 of 4 figures are more than 5 % off the reference\.\n$/);
  });

  test('warns when the machine was busy', () => {
    expect(writeTable(report([], 12.4))).toContain('up to 12 ms late');
    expect(writeTable(report([], 1))).not.toContain('late');
  });
});

describe('JSON', () => {
  test('has protocol, machine, models and, with a check, the comparisons', () => {
    expect(JSON.parse(JSON.stringify(report(['--check'])))).toMatchObject({
      schema: 'firstword-models/1',
      machine: { cores: expect.any(Number) },
      protocol: { endpoint: 'demo engine', runs: 10, warmUp: 1 },
      models: [{ id: 'deepseek-v4-flash', ttft: { mean: 181, unit: 'ms' } }, {}, { id: 'glm-5' }],
      comparisons: [{ modelId: 'deepseek-v4-flash', figure: 'ttft', deviation: 0.022, within: true }, {}, {}, {}],
    });
  });

  test('never contains a key, a password or the query of a URL', () => {
    const options = readOptions(['--endpoint', 'https://user:pass@models.example/v1?k=secret'], {
      LLM_API_KEY: 'key9',
    });
    if (options === 'help') throw new Error('no options');
    const text = JSON.stringify(createModelsReport(options, [], 0));
    expect(text).toContain('"https://models.example/v1"');
    expect(text).not.toMatch(/key9|pass|secret/);
  });
});

describe('the report page', () => {
  const page = writeHtml(report(['--check']));

  test('loads no other resources and runs no scripts', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/);
  });

  test('has a light and a dark theme', () => {
    expect(page).toContain('prefers-color-scheme: dark');
  });

  test('shows both charts with a bar for each figure, and their tables', () => {
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page.match(/class="bar /g)).toHaveLength(4);
    expect(page.match(/<table>/g)).toHaveLength(2);
    expect(page).toContain(
      '1 of 3 models have a TTFT of at most 400 ms; the fastest is DeepSeek V4 Flash with 181 ms. 1 did not respond.',
    );
  });

  test('escapes names from the command line', () => {
    expect(page).not.toContain('<model>');
    expect(page).toContain('=own,&quot;&lt;model&gt;&quot;');
  });
});
