/** Agents' pictures, each under a name made of its content. */
export interface StoredPicture {
  /** Absent once it was replaced or removed. */
  readonly content?: Uint8Array;
  /** The name of the picture that its agent has now. */
  readonly current?: string;
}

export interface PictureStore {
  /** Deletes the content of the agent's other pictures; their names stay, and lead to this one. */
  save(agentId: string, name: string, content: Uint8Array): Promise<void>;
  remove(agentId: string): Promise<void>;
  /** Undefined for a name that was never saved, or whose agent is gone. */
  find(name: string): Promise<StoredPicture | undefined>;
  /** The current name of each agent who has a picture. */
  current(): Promise<Readonly<Record<string, string>>>;
}
