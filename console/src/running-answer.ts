/** What the assistant is writing in the conversation that the page shows. */
export interface RunningAnswer {
  readonly conversationId: string;
  readonly turnId: string;
  readonly text: string;
}
