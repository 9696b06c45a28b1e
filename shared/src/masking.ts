/** Which data a site hides from models. */
import { z } from 'zod';

/** `analysis`: from the models that write analyses; `all`: from every model. */
const maskScopeSchema = z.enum(['off', 'analysis', 'all']);
export type MaskScope = z.infer<typeof maskScopeSchema>;

export const maskFields = {
  maskPersonalData: maskScopeSchema
    .or(z.boolean().transform((isOn): MaskScope => (isOn ? 'analysis' : 'off')))
    .prefault('off')
    .describe(
      'Hides e-mail addresses, phone and account numbers, national ids and dates of birth from models: `analysis` from those that write analyses, `all` from every model. `true` means `analysis`, `false` means `off`.',
    ),
  maskSecrets: maskScopeSchema.default('all').describe('The same for card numbers, API keys, passwords and tokens.'),
  revealMasked: z
    .boolean()
    .default(true)
    .describe(
      'Whether an answer shows the original where it quotes what was hidden from the model. With `false` it shows a placeholder such as `[email-1]`.',
    ),
};

/** What is absent has its default. */
export interface MaskPolicy {
  readonly maskPersonalData?: MaskScope;
  readonly maskSecrets?: MaskScope;
  readonly revealMasked?: boolean;
}
