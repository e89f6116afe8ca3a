import type { DropReason } from '../../model/verdict.ts';

/** Why a match is not reported, for `keyguard why`: each completes "not reported, because …". */
export const DROP_REASONS: Readonly<Record<DropReason, string>> = {
  'inside-word': 'it begins in the middle of a longer word',
  'runs-on': 'it runs on into something longer than any key of this type',
  'integrity-hash': 'it is part of an integrity hash, as lock files hold them',
  'encoded-data': 'it is a piece of longer encoded data, such as an image or a certificate',
  uuid: 'it is a UUID, which names something and opens nothing',
  identifier: 'it is a public identifier, not a secret',
  documentation: 'it stands for a key in documentation, with dots or words in place of the key',
  masked: 'it is masked: most of it is one repeated masking character',
  template: 'it is a template: the key is filled in from a variable when the program runs',
  placeholder: 'it is a placeholder that says "your key here"',
  'published-example': "it is an example from the provider's own documentation and opens nothing",
  repeated: 'it repeats itself; a real key is random',
  sequence: 'it runs through the alphabet or the digits in order; a real key is random',
  'css-class': 'it is the name of a CSS class',
  words: 'it is made of words; a real key is random',
  'low-entropy': 'its characters are too regular to be random',
  'too-short': 'it is too short to be a key, or what is left of one',
  'wrong-structure': 'it is not built as keys of this type are',
  'test-mode': 'it is a test-mode key, which reaches no real data and no real money',
  'no-context': 'the shape is common and nothing beside it says whose key it would be',
  guessed: 'its pieces only stand beside each other, and nothing proves that they belong together',
  overlap: 'a more specific rule reports the same characters',
};
