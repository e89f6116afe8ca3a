/** The thread in which the rules of a repository run. Started by `watched-worker.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Fragment, Window } from '../model/fragment.ts';
import { createMatcher, type ToPattern } from '../match/matcher.ts';
import { readFragment } from '../read-fragment.ts';
import { createScanner, decodedFrom, type Scanner } from '../scanner.ts';
import { createSink, hidingAll } from '../show/sink.ts';
import { linearPattern } from './linear-pattern.ts';
import { type FromWorker, toWire, type ToWorker, windowFromWire, type WorkerStart } from './wire.ts';

if (parentPort !== null) serve(parentPort, workerData);

type Port = NonNullable<typeof parentPort>;

function serve(port: Port, start: WorkerStart): void {
  const scanner = scannerOf(start);
  const inbox = inboxOf(port);
  const say = (message: FromWorker): void => port.postMessage(message);
  void (async () => {
    for (;;) {
      const message = await inbox();
      if (message.kind !== 'fragment') continue;
      const fragment: Fragment = { ...message.about, windows: () => windowsFrom(inbox, say) };
      say({ kind: 'read', read: toWire(await readFragment(fragment, scanner, message.most)) });
    }
  })();
}

function scannerOf({ rules, known, running }: WorkerStart): Scanner {
  const flag = new Int32Array(running);
  const toPattern: ToPattern = (rule) => {
    const pattern = linearPattern(rule.pattern, rule.maxLength);
    const number = rules.findIndex(({ id }) => id === rule.id) + 1;
    return (text, at) => {
      Atomics.store(flag, 0, number);
      return pattern(text, at);
    };
  };
  const scanner = createScanner({ hash: '', rules }, toPattern);
  return { ...scanner, sink: hidingAll(createSink(createMatcher(known, toPattern), decodedFrom)) };
}

async function* windowsFrom(
  inbox: () => Promise<ToWorker>,
  say: (message: FromWorker) => void,
): AsyncGenerator<Window, void> {
  for (;;) {
    say({ kind: 'next' });
    const message = await inbox();
    if (message.kind !== 'window') return;
    yield windowFromWire(message.window);
  }
}

/** Messages in their order, one at a time. */
function inboxOf(port: Port): () => Promise<ToWorker> {
  const waiting: ToWorker[] = [];
  let take: ((message: ToWorker) => void) | null = null;
  port.on('message', (message: ToWorker) => {
    if (take === null) {
      waiting.push(message);
      return;
    }
    const taker = take;
    take = null;
    taker(message);
  });
  return () => {
    const message = waiting.shift();
    return message === undefined ? new Promise((resolve) => (take = resolve)) : Promise.resolve(message);
  };
}
