import { policies, ruleset } from '#compiled/ruleset';
import type { KnownRule } from '../config/rule-ids.ts';

/** Every rule that a config, a baseline or a comment can name. */
export const KNOWN_RULES: readonly KnownRule[] = [...ruleset.rules, ...policies];
