/** The look of a site's widget, as it is set. */
import { z } from 'zod';
import { DEFAULT_ACCENT } from './accent.ts';

const colourSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour. Use # and six hexadecimal digits, such as #1f6f5c');
const coloursSchema = z.strictObject({
  surface: colourSchema.optional().describe('Background of the panel.'),
  text: colourSchema.optional().describe('Colour of the text.'),
});
/** Numbers, colours and names from a list: nothing here can carry CSS. */
export const themeSchema = z.strictObject({
  accent: colourSchema.default(DEFAULT_ACCENT).describe('Colour of the launcher, buttons and links.'),
  radius: z
    .int('is not allowed. Use a whole number of pixels from 0 to 24')
    .min(0)
    .max(24)
    .optional()
    .describe('Corner radius in pixels.'),
  font: z.enum(['system', 'serif', 'rounded', 'mono']).optional().describe('Font family.'),
  light: coloursSchema.optional().describe('Colours in the light scheme.'),
  dark: coloursSchema.optional().describe('Colours in the dark scheme.'),
});
