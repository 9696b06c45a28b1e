/** The agents' pictures, and the signed-in agent's own: choose it, remove it, and undo that. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Failure } from './api-result.ts';
import { basePath } from './base-path.ts';
import { failureSentence } from './failure-of.ts';
import { smallPicture } from './small-picture.ts';
import type { TeamApi } from './team-api.ts';
import { pictureTexts } from './texts/picture-texts.ts';

export interface AgentPictures {
  /** The file of an agent's picture, below `/pictures`. */
  of(agentId: string): string | undefined;
  /** What has just happened to the own picture. */
  readonly outcome: ReadonlySignal<'saving' | 'saved' | 'removed' | undefined>;
  readonly failure: ReadonlySignal<string | undefined>;
  choose(file: Blob): Promise<void>;
  remove(): Promise<void>;
  undoRemove(): Promise<void>;
  /** Forgets the outcome, when the page is left. */
  leave(): void;
}

type PictureApi = Pick<TeamApi, 'readPictures' | 'savePicture' | 'removePicture'>;

export function createAgentPictures(api: PictureApi, agentId: string): AgentPictures {
  const known = signal<Readonly<Record<string, string>>>({});
  const outcome = signal<'saving' | 'saved' | 'removed' | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  /** Sent again when its removal is undone. */
  let removed: Blob | undefined;
  const show = (picture: string | undefined) => {
    const { [agentId]: _, ...others } = known.value;
    known.value = picture === undefined ? others : { ...others, [agentId]: picture };
  };
  const fail = (message: string) => {
    outcome.value = undefined;
    failure.value = message;
  };
  const begin = () => {
    failure.value = undefined;
    outcome.value = 'saving';
  };
  const failed = (result: Failure) => fail(failureSentence(result));
  const save = async (picture: Blob) => {
    const result = await api.savePicture(picture);
    if (!result.ok) return failed(result);
    show(result.value.picture);
    outcome.value = 'saved';
  };
  void api.readPictures().then((result) => {
    if (result.ok) known.value = result.value.pictures;
  });

  return {
    of: (id) => known.value[id],
    outcome,
    failure,
    async choose(file) {
      begin();
      const picture = await smallPicture(file);
      if (picture === undefined) fail(pictureTexts.unreadable);
      else await save(picture);
    },
    async remove() {
      const { [agentId]: own } = known.value;
      if (own === undefined) return;
      begin();
      removed = await readPicture(own);
      const result = await api.removePicture();
      if (!result.ok) return failed(result);
      show(undefined);
      outcome.value = 'removed';
    },
    async undoRemove() {
      if (removed === undefined) return fail(pictureTexts.chooseAgain);
      begin();
      await save(removed);
    },
    leave() {
      outcome.value = undefined;
      failure.value = undefined;
    },
  };
}

async function readPicture(picture: string): Promise<Blob | undefined> {
  try {
    const response = await fetch(`${basePath}/pictures/${picture}`);
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}
