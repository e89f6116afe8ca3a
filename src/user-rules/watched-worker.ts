import { Worker } from 'node:worker_threads';
import { KeyguardError } from '../errors.ts';
import type { Rule } from '../model/rule.ts';
import type { FromWorker, ToWorker, WorkerStart } from './wire.ts';

/** The thread, with somebody who looks whether it still answers. */
export interface WatchedWorker {
  readonly send: (message: ToWorker) => void;
  /** The next answer. Throws `KeyguardError` (`rules`) where none comes in time; `place` is what is being read. */
  readonly answer: (place: string) => Promise<FromWorker>;
}

/** A window takes milliseconds; so long takes only a rule that fits nearly everywhere. */
const PATIENCE_MS = 20_000;
const MOST_MEMORY_MB = 512;

/** The hook is bundled into a folder beside this one, so the way leads over the folder above. */
const SCRIPT = new URL('../user-rules/worker.js', import.meta.url);

export function startWorker(rules: readonly Rule[], known: readonly Rule[], patience = PATIENCE_MS): WatchedWorker {
  const running = new SharedArrayBuffer(4);
  const start: WorkerStart = { rules, known, running };
  const worker = new Worker(SCRIPT, {
    workerData: start,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  const answers = answersOf(worker);
  // The program ends when it is done, and not when this thread is. Whoever listens takes that back, so this comes after.
  worker.unref();
  const blamed = (place: string, why: string): KeyguardError => {
    const rule = rules[Atomics.load(new Int32Array(running), 0) - 1];
    const which = rule === undefined ? 'The rules of this repository' : `The rule ${rule.id}`;
    return new KeyguardError('rules', `${which} ${why} in ${place}; make its anchors longer or its pattern narrower.`);
  };
  return {
    send: (message) => worker.postMessage(message),
    answer: async (place) => {
      const answer = await inTime(answers(), patience);
      if (answer === 'late') {
        await worker.terminate();
        throw blamed(place, `did not come to an end within ${patience / 1000} s`);
      }
      if (answer instanceof Error) throw blamed(place, `could not run (${answer.message})`);
      return answer;
    },
  };
}

/** The timer also keeps the program alive while it waits. */
async function inTime<Answer>(answer: Promise<Answer>, patience: number): Promise<Answer | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, patience, 'late');
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function answersOf(worker: Worker): () => Promise<FromWorker | Error> {
  const waiting: (FromWorker | Error)[] = [];
  let take: ((answer: FromWorker | Error) => void) | null = null;
  const put = (answer: FromWorker | Error): void => {
    if (take === null) {
      waiting.push(answer);
      return;
    }
    const taker = take;
    take = null;
    taker(answer);
  };
  worker.on('message', put);
  worker.on('error', put);
  worker.on('exit', () => put(new Error('its thread ended')));
  return () => {
    const answer = waiting.shift();
    return answer === undefined ? new Promise((resolve) => (take = resolve)) : Promise.resolve(answer);
  };
}
