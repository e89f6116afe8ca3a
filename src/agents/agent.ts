/** The agents whose protocol is spoken here. */
export const AGENTS = ['claude', 'codex', 'cursor'] as const;

export type AgentName = (typeof AGENTS)[number];

/** What an agent tells of, whatever its protocol calls it. */
export type AgentEvent =
  /** Nothing leaves and nothing is run. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'prompt'; readonly value: unknown }
  /** A tool is about to be called. */
  | ToolCall
  /** A file is about to be shown to the model. */
  | { readonly kind: 'read'; readonly value: unknown }
  /** A tool has answered, and the model has not seen it yet. */
  | { readonly kind: 'result'; readonly value: unknown };

export interface ToolCall {
  readonly kind: 'call';
  /** A command line; null where the tool runs none. */
  readonly command: string | null;
  /** Files that the tool would change, as they are named. */
  readonly paths: readonly string[];
  /** What the call gives out of hand, without what it takes away: the old side of an edit. */
  readonly value: unknown;
}

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'stop'; readonly reason: string }
  /** Only of a result: the same without its keys. */
  | { readonly kind: 'replace'; readonly value: unknown; readonly reason: string };

/** What the guard prints, and how it ends: with 2 every one of these agents takes standard error for the reason of a no. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: 0 | 2;
}

export interface Protocol {
  /** Throws `KeyguardError` (`usage`) for an event that is not as its documentation says, or that is not known. */
  readonly read: (event: Fields) => AgentEvent;
  /** `name` is the event's own, `hook_event_name`. */
  readonly answer: (name: string, verdict: Verdict) => Answer;
  /** The variable in which the agent gives its hooks the folder of the project; null: it starts them there. */
  readonly projectVariable: string | null;
}

/** The members of a JSON object. */
export type Fields = ReadonlyMap<string, unknown>;
