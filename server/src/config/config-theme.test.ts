import { acme, withConfigFile } from '@firstword/testing/config-file';
import { addSecurityRow } from '@firstword/testing/security-row';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const COLOUR = '#1f6f5c';
const CSS = [
  'red',
  '#fff',
  `${COLOUR};background:url(//evil.example)`,
  `${COLOUR}}`,
  `${COLOUR}\n}*{display:none`,
  'url(javascript:alert(1))',
  'url(https://evil.example/x.png)',
  'expression(alert(1))',
  'var(--secret)',
  'rgb(0,0,0)',
  'rgb(0 0 0 / 1)',
  'color-mix(in srgb, red, blue)',
  '</style><script>alert(1)</script>',
  '@import "//evil.example"',
  '\\23 1f6f5c',
  `/**/${COLOUR}`,
  `${COLOUR}/**/`,
  ` ${COLOUR}`,
  '#1f6f5g',
  'image-set("x" 1x)',
  'attr(data-x)',
  'calc(1px)',
];
const FIELDS: Readonly<Record<string, (value: string) => object>> = {
  accent: (value) => ({ accent: value }),
  'light.surface': (value) => ({ light: { surface: value } }),
  'light.text': (value) => ({ light: { text: value } }),
  'dark.surface': (value) => ({ dark: { surface: value } }),
  'dark.text': (value) => ({ dark: { text: value } }),
  font: (value) => ({ font: value }),
  radius: (value) => ({ radius: value }),
};

/** What the configuration says about sites with these themes. */
function faults(themes: readonly object[]): string {
  const sites = themes.map((theme, at) => ({ ...acme, id: `site-${at}`, theme }));
  try {
    readConfig(withConfigFile({ sites }));
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

test('no field of a theme accepts CSS', ({ task }) => {
  const fields = Object.entries(FIELDS);
  let refused = 0;
  for (const value of CSS) {
    const said = faults([...fields.map(([, themeOf]) => themeOf(value)), { [value]: COLOUR }]);
    for (const [at, [name]] of fields.entries()) expect(said).toContain(`sites[${at}].theme.${name}: `);
    expect(said).toContain(`sites[${fields.length}].theme`);
    refused += fields.length;
  }
  expect(faults([{ accent: COLOUR, radius: 4, font: 'serif', light: { surface: '#ffffff' } }])).toBe('');
  addSecurityRow(task, {
    id: 'S16',
    tried: `${CSS.length} CSS texts in each of the ${fields.length} fields of a site’s theme`,
    result: `${refused} of ${CSS.length * fields.length} refused`,
  });
});
