import type { RawPath } from '../model/fragment.ts';
import type { AgentEvent, ToolCall, Verdict } from './agent.ts';
import { type FoundKey, keyReason } from './agent-reason.ts';
import { type EventText, eventText, replaceInValue } from './event-text.ts';
import { guardedPaths } from './guarded-paths.ts';
import { refuseCommand, refusePaths } from './refuse-command.ts';
import { reasonOf } from './refusal.ts';

/** What the judgement needs to know of the world. */
export interface Ground {
  /** Where commands run and relative names begin; absolute. */
  readonly folder: string;
  readonly openKeys: () => Promise<{
    readonly shown: (text: string) => string;
    readonly find: (text: EventText, path: RawPath | null) => Promise<readonly FoundKey[]>;
  }>;
  /** Where git looks for hooks, absolute. */
  readonly hookFolders: () => Promise<readonly string[]>;
  /** A file of the repository by its place in it; null for others. */
  readonly placeOf: (path: string) => Promise<RawPath | null>;
}

/** Whether what the agent tells of may go on. */
export async function judgeEvent(event: AgentEvent, ground: Ground): Promise<Verdict> {
  if (event.kind === 'quiet') return { kind: 'pass' };
  const keys = await ground.openKeys();
  if (event.kind === 'call') {
    const reason = await refuseCall(event, ground, keys.shown);
    if (reason !== null) return { kind: 'stop', reason };
  }
  // What comes from a file is on its way out, wherever it lay.
  const [path] = event.kind === 'call' ? event.paths : [];
  const place = path === undefined ? null : await ground.placeOf(path);
  const text = eventText(event.value);
  const found = await keys.find(text, place);
  if (found.length === 0) return { kind: 'pass' };
  if (event.kind === 'result') {
    const value = replaceInValue(event.value, text, found.map(replacementOf));
    if (value !== null && (await isClean(value, keys.find))) {
      return { kind: 'replace', value, reason: keyReason(event.kind, found, text, keys.shown, true) };
    }
  }
  return { kind: 'stop', reason: keyReason(event.kind, found, text, keys.shown, false) };
}

async function refuseCall(call: ToolCall, ground: Ground, shown: (text: string) => string): Promise<string | null> {
  const { command, paths } = call;
  if (command === null && paths.length === 0) return null;
  const guarded = guardedPaths(await ground.hookFolders());
  const refusal =
    (command === null ? null : refuseCommand(command, ground.folder, guarded)) ??
    refusePaths(paths, ground.folder, guarded);
  return refusal === null ? null : reasonOf(refusal, shown);
}

function replacementOf({ finding, start, end }: FoundKey): { start: number; end: number; text: string } {
  return { start, end, text: `[${finding.title}, taken out by keyguard]` };
}

/** What remains is looked at once more: a key may stand there in a second way, over the first. */
async function isClean(
  value: unknown,
  find: (text: EventText, path: RawPath | null) => Promise<readonly FoundKey[]>,
): Promise<boolean> {
  return (await find(eventText(value), null)).length === 0;
}
