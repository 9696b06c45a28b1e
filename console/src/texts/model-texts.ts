/** Texts about the models and their endpoints. */
import type { ModelAlarm, ModelCheck } from '@firstword/shared/model-status';
import { durationText } from '../figures.ts';
import { concernsText, faultName, fixText } from './check-texts.ts';
import { type Texts, translated } from './translated.ts';

type Asked = Pick<ModelAlarm, 'address' | 'upstreamName'>;

const english = {
  /** One sentence for every agent; the details are for the operator. */
  banner: (fault: string) => `The assistant has trouble answering (${fault}). New questions may be handed to you.`,
  asked: ({ address, upstreamName }: Asked) => `Asked: ${address} for “${upstreamName}”.`,
  title: 'Models',
  hint: 'One short call to each model, at the start of the server. “npm run doctor” repeats it.',
  unchecked: 'The models haven’t been checked yet.',
  columns: { model: 'Model', result: 'Result', ttft: 'TTFT', speed: 'Tokens/s', price: 'Price' },
  works: 'Works',
  worksWithWarning: 'Works, see below',
  prices: { full: 'known', 'output-only': 'output only', unknown: 'unknown' } satisfies Record<
    ModelCheck['price'],
    string
  >,
} as const;
export type ModelTexts = Texts<typeof english>;
export const modelTexts = translated<ModelTexts>('model', english);

export function resultText({ fault, warnings }: ModelCheck): string {
  if (fault !== undefined) return faultName(fault.code);
  return warnings.length > 0 ? modelTexts.worksWithWarning : modelTexts.works;
}

/** What the result column has no room for. */
export function noteText(check: ModelCheck): string | undefined {
  const { modelId, fault, concerns } = check;
  if (fault !== undefined) return `${modelId}: ${fault.message}. ${fixText({ ...check, ...fault })}`;
  return concerns.length > 0 ? `${modelId}: ${concernsText(check)}` : undefined;
}

export const ttftText = ({ ttftMs }: ModelCheck): string => (ttftMs === undefined ? '–' : durationText(ttftMs));
