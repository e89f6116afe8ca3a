import type { Match } from '../../../src/model/match.ts';
import { Secret } from '../../../src/model/secret.ts';
import type { View } from '../../../src/model/view.ts';
import { scanner } from '../../detection/detect.ts';

function viewOf(text: string, decoded: readonly string[] = []): View {
  return { text, decoded, ownStart: 0, ownEnd: text.length, toSource: (span) => span };
}

/** A match of a rule on a stretch of a text, as the matcher makes it. */
export function matchAt(text: string, start: number, end: number, ruleId = 'openai-project-key'): Match {
  const rule = scanner.rules.get(ruleId);
  if (rule === undefined) throw new RangeError(`no rule ${ruleId}`);
  return {
    rule,
    view: viewOf(text),
    at: { start, end },
    span: { start, end },
    secret: new Secret(text.slice(start, end)),
    touches: null,
  };
}
