/** Chooses the task of a request, and so its tier, from the name of its model. Pure. */
import { TASK_TYPES, type TaskType } from '@firstword/shared/catalog';
import type { BudgetVerdict } from '@firstword/shared/reports';
import { estimatePromptTokens } from '../gateway/token-usage.ts';
import type { CompletionRequest } from './chat-request.ts';

export const MODEL_NAMES = [...TASK_TYPES, 'auto'] as const;

export interface TaskLimits {
  /** Largest answer of a task, in tokens. */
  readonly maxTokensOf: (task: TaskType) => number;
}

/** A prompt that is longer needs more care than speed. */
const LONG_PROMPT_TOKENS = 2000;

/** The named task; an unknown name is chat, as in the reference article. */
export function chooseTask(request: CompletionRequest, limits: TaskLimits): TaskType {
  if (request.model === 'auto') return chooseByRequest(request, limits);
  return TASK_TYPES.find((task) => task === request.model) ?? 'chat';
}

/** A streamed answer has a reader who waits, so it never comes from the quality tier. */
function chooseByRequest({ messages, stream, maxTokens }: CompletionRequest, { maxTokensOf }: TaskLimits): TaskType {
  if (maxTokens !== undefined && maxTokens <= maxTokensOf('classification')) return 'classification';
  const isLong =
    estimatePromptTokens(messages) > LONG_PROMPT_TOKENS || (maxTokens !== undefined && maxTokens > maxTokensOf('chat'));
  return isLong && !stream ? 'analysis' : 'chat';
}

const CHEAPER: Readonly<Record<TaskType, TaskType>> = {
  analysis: 'chat',
  chat: 'classification',
  classification: 'classification',
};

/** Near the limit of a budget the next cheaper tier answers, as for visitors. */
export function withinBudget(task: TaskType, verdict: BudgetVerdict): TaskType {
  return verdict === 'degrade' ? CHEAPER[task] : task;
}
