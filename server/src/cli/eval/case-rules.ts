/** The hand-off rules as the evaluation applies them: to one text, alone or with the conversation before it. */
import { createHandOffRules, type RuleHit } from '../../triage/hand-off-rules.ts';
import { createMessageReader, type SaidMessage } from '../../triage/message-signals.ts';

export type CaseRules = (said: SaidMessage) => RuleHit | undefined;

export function createCaseRules(): CaseRules {
  const readMessage = createMessageReader();
  const rules = createHandOffRules();
  return (said) => rules(readMessage(said));
}

export const ruleOf = (rules: CaseRules, text: string) => rules({ text })?.rule;
