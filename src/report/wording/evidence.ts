import type { Evidence } from '../../model/verdict.ts';

/** "prefix sk-proj-, the marker in the middle, two halves of 74 characters as in genuine keys"; '' for none. */
export function evidenceInWords(evidence: readonly Evidence[]): string {
  return evidence.map(inWords).join(', ');
}

function inWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'prefix':
      return `prefix ${evidence.text}`;
    case 'marker':
      // Not its text: those are eight characters of the key beyond what a redacted key shows.
      return "the provider's marker";
    case 'halves':
      return evidence.seen
        ? `two halves of ${evidence.length} characters`
        : `two halves of ${evidence.length} characters, which no known key of this type has had`;
    case 'tail':
      return `the ending ${evidence.text}`;
    case 'length':
      return `exactly ${evidence.length} characters long`;
    case 'alphabet':
      return `only ${evidence.text}`;
    case 'name':
      return `assigned to ${evidence.text}`;
    case 'host':
      return `${evidence.text} close by`;
    case 'word':
      return `the word "${evidence.text}" close by`;
    case 'checksum':
      return `a checksum of ${evidence.length} characters that fits`;
    case 'block':
      return `${evidence.text} between the marks`;
    case 'claim':
      return `the claim ${evidence.text}`;
    case 'place':
      return `its place in ${evidence.text}`;
    case 'id':
      return `the id of ${evidence.text} in it`;
    case 'own-value':
      return `the same value as ${evidence.text} in ${evidence.file}`;
    case 'random':
    default:
      return `${evidence.length} random characters`;
  }
}
