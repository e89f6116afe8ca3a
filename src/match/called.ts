import { REACH, type Rule } from '../model/rule.ts';
import type { AnchorHit } from './anchor-search.ts';
import { type AssignedValue, givenValue } from './assignment.ts';

/** What is called a key around a word of a rule. To be asked in the order of the text: each stretch is read once a rule. */
export type CalledValues = (rule: Rule, word: AnchorHit) => readonly AssignedValue[];

/** For keys of which nobody knows what they look like: only their names tell, and the host or the client they are for. */
export function calledValues(text: string): CalledValues {
  const readTo = new Map<Rule, number>();
  return (rule, { at, end }) => {
    // A key may stand as far behind the word as the word may stand before the key.
    const from = Math.max(0, at - REACH.after - rule.maxLength, (readTo.get(rule) ?? 0) - LONGEST_NAME);
    const to = end + REACH.before;
    readTo.set(rule, to);
    const own = givenValue(text, end);
    const values = own === null ? [] : [own];
    for (const { index, 0: name } of text.slice(from, to).matchAll(CALLED)) {
      const value = givenValue(text, from + index + name.length);
      if (value !== null) values.push(value);
    }
    return values;
  };
}

const LONGEST_NAME = 48;
const CALLED =
  /key|token|secret|bearer|authorization|password|credentials?|value|default|body|\|(?=\|)|\?(?=\?)|:\/\/[\w.-]{1,40}(?=:)/giu;
