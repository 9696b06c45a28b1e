/** What a model was found to need beyond its profile, remembered for that model alone. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RoutedModel } from '../routing/route.ts';

export const correctionSchema = z.object({
  /** Fields that the model refuses. */
  refusedFields: z.array(z.string()).readonly(),
  /** The model refuses the system role. */
  system: z.literal('user').exactOptional(),
  /** Room for thinking that its profile does not know of. */
  thinkingTokens: z.number().exactOptional(),
  /** Its text begins inside its thinking, so it is held until the thinking ends. */
  opensInThinking: z.literal(true).exactOptional(),
});
export type ModelCorrection = Readonly<z.infer<typeof correctionSchema>>;

export interface StoredCorrection {
  /** Contains the model's settings, so that a change of them forgets the correction. */
  readonly key: string;
  readonly modelId: string;
  readonly endpointId: string;
  readonly correction: ModelCorrection;
}

export interface ModelCorrections {
  of(model: RoutedModel): ModelCorrection;
  /** Adds to what is known; refused fields accumulate. */
  learn(model: RoutedModel, found: Partial<ModelCorrection>): void;
}

const NONE: ModelCorrection = { refusedFields: [] };

export interface ModelCorrectionsParts {
  /** From before the start. */
  readonly known?: readonly { readonly key: string; readonly correction: ModelCorrection }[];
  /** Called with each change, to store it and to report it. */
  readonly onLearned?: (stored: StoredCorrection, found: Partial<ModelCorrection>) => void;
}

export function createModelCorrections({
  known = [],
  onLearned = () => {},
}: ModelCorrectionsParts = {}): ModelCorrections {
  const corrections = new Map(known.map(({ key, correction }) => [key, correction]));
  /** Each route makes new objects for the same models, and a hash on the way to the first token would be felt. */
  const keys = new Map<string, { readonly model: RoutedModel; readonly key: string }>();
  const keyOf = (model: RoutedModel) => {
    const name = `${model.endpoint.id} ${model.id}`;
    const known = keys.get(name);
    if (known !== undefined && hasSameSettings(known.model, model)) return known.key;
    const key = `${name} ${settingsHash(model)}`;
    keys.set(name, { model, key });
    return key;
  };
  return {
    of: (model) => corrections.get(keyOf(model)) ?? NONE,
    learn(model, found) {
      const key = keyOf(model);
      const before = corrections.get(key) ?? NONE;
      const refusedFields = [...new Set([...before.refusedFields, ...(found.refusedFields ?? [])])];
      const correction = { ...before, ...found, refusedFields };
      corrections.set(key, correction);
      onLearned({ key, modelId: model.id, endpointId: model.endpoint.id, correction }, found);
    },
  };
}

function hasSameSettings(a: RoutedModel, b: RoutedModel): boolean {
  return a.upstreamName === b.upstreamName && a.endpoint.baseUrl === b.endpoint.baseUrl && a.profile === b.profile;
}

function settingsHash({ upstreamName, endpoint, profile }: RoutedModel): string {
  const settings = JSON.stringify([upstreamName, endpoint.baseUrl, profile]);
  return createHash('sha256').update(settings).digest('base64url').slice(0, 12);
}
