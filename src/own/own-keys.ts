import type { Shown } from '../model/finding.ts';
import type { RawPath } from '../model/fragment.ts';
import type { OwnValue, PolicyRule, Rule } from '../model/rule.ts';
import { parseDotenv } from './dotenv.ts';
import { isWorthFinding, type Part, partsOf } from './worth.ts';

/** A file of values. */
export interface ValueFile {
  readonly path: RawPath;
  readonly shown: Shown;
  /** Its bytes, one a character. */
  readonly text: string;
  /** `list`: a line without a name is a value, too, and every value is meant to be looked for. */
  readonly kind: 'dotenv' | 'list';
}

/** A value to look for. */
export interface OwnKey {
  readonly text: string;
  /** As a rule of its own; null where it is not worth a finding. Asked when it was found. */
  readonly rule: () => Rule | null;
}

export interface OwnKeys {
  readonly keys: readonly OwnKey[];
  /** Values that were one too many. */
  readonly tooMany: number;
  /** Values of a list that are too short or too regular to be looked for. */
  readonly leftAlone: number;
}

/** Nobody has so many; a repository can bring a file with a hundred thousand. */
const MOST_KEYS = 500;
/** Of so many it is asked whether they are worth it, so that a file of settings does not hide the keys behind them. */
const MOST_ASKED = 20_000;

/** The values of these files that are worth looking for, each once. `facts` is the rule `own-key`. */
export function ownKeysOf(
  files: readonly ValueFile[],
  facts: PolicyRule,
  rules: readonly Rule[],
  show: (text: string) => Shown,
): OwnKeys {
  const found = new Map<string, Found>();
  let tooMany = 0;
  let leftAlone = 0;
  for (const { path, shown, text, kind } of files) {
    for (const { name, value } of kind === 'list' ? valuesOfList(text) : parseDotenv(text)) {
      // A list is made to be looked for, whatever its names say.
      const parts = partsOf(kind === 'list' ? 'SECRET' : name, value);
      if (kind === 'list' && value !== '' && !parts.some(isWorthFinding)) leftAlone += 1;
      for (const part of parts) {
        const known = found.get(part.text);
        if (known !== undefined) known.places.push(path);
        else if (found.size >= MOST_ASKED) tooMany += 1;
        else found.set(part.text, { part, name, file: shown, places: [path] });
      }
    }
  }
  const worthy =
    found.size > MOST_KEYS ? [...found.values()].filter(({ part }) => isWorthFinding(part)) : [...found.values()];
  const keys = worthy.slice(0, MOST_KEYS).map((one) => ({
    text: one.part.text,
    rule: once(() => ruleFor(one, facts, rules, show)),
  }));
  return { keys, tooMany: tooMany + worthy.length - keys.length, leftAlone };
}

interface Found {
  readonly part: Part;
  readonly name: string;
  readonly file: Shown;
  readonly places: RawPath[];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** `NAME=value`, or a value alone; what ends in `=` is padding of base64. */
function* valuesOfList(text: string): Generator<{ readonly name: string; readonly value: string }> {
  for (const [index, line] of text.split(/\r\n|\r|\n/u).entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [assigned] = /^(?:export\s+)?[A-Za-z_][\w.-]*(?:=(?!=*$)|:\s)/u.test(trimmed) ? parseDotenv(trimmed) : [];
    yield assigned ?? { name: `line ${index + 1}`, value: trimmed };
  }
}

/** The key type that is usually kept in a variable of this name, or of one that ends so. */
function kinOf(name: string, rules: readonly Rule[]): Rule | null {
  for (let rest = name.toUpperCase(); rest !== ''; rest = /_(?<rest>.+)/u.exec(rest)?.groups?.['rest'] ?? '') {
    const rule = rules.find(({ isSecret, envVars }) => isSecret && envVars.includes(rest));
    if (rule !== undefined) return rule;
  }
  return null;
}

function ruleFor(
  { part, name, file, places }: Found,
  facts: PolicyRule,
  rules: readonly Rule[],
  show: (text: string) => Shown,
): Rule | null {
  if (!isWorthFinding(part)) return null;
  const kin = kinOf(name, rules);
  const own: OwnValue = { name: show(name), file, places, kin: kin?.id ?? null };
  return {
    id: facts.id,
    provider: kin?.provider ?? facts.provider,
    title: `value of ${own.name} from ${own.file}`,
    keyType: facts.keyType,
    opens: kin?.opens ?? facts.opens,
    risk: kin?.risk ?? facts.risk,
    severity: facts.severity,
    confidence: facts.confidence,
    anchors: [],
    anchorAt: 'start',
    left: '',
    right: '',
    pattern: '',
    maxLength: part.text.length,
    context: { names: [], hosts: [], words: [], required: false },
    structure: null,
    placeholders: [],
    envVars: [own.name],
    catchAll: false,
    guessable: false,
    isSecret: true,
    publicUse: null,
    own,
  };
}
