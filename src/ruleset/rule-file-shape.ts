import type {
  Base64Text,
  Crc32Base62,
  FixedLength,
  JwtClaims,
  MarkerHalves,
  Pem,
  RandomValue,
  Snowflake,
  UrlPassword,
} from '../model/rule.ts';
import type { Revocation, Topic, TopicBlock } from '../remedy/guidance-data.ts';
import type { KeyTypeEntry, RuleFile } from './rule-file.ts';
import { COUNT, DATE, FLAG, NULL, OBJECT, record, type Shape, TEXT, TEXT_OR_EMPTY, URL } from './shape.ts';

const URL_OR_NULL: Shape = { kind: 'either', of: [URL, NULL] };
export const CONFIDENCE: Shape = { kind: 'word', what: 'confidence', of: ['high', 'medium', 'low'] };
export const RISK: Shape = { kind: 'word', what: 'risk', of: ['high', 'medium', 'low'] };
export const SEVERITY: Shape = { kind: 'word', what: 'severity', of: ['error', 'warning'] };

export function list(of: Shape, atLeast = 0): Shape {
  return { kind: 'list', of, atLeast };
}

const STRUCTURE: Shape = {
  kind: 'tagged',
  by: 'check',
  of: {
    'marker-halves': record<MarkerHalves>({
      required: {
        check: TEXT,
        prefix: TEXT_OR_EMPTY,
        marker: TEXT,
        seen: list(COUNT),
        unseen: list(COUNT),
        alphanumeric: list(COUNT),
      },
      optional: {},
    }),
    'fixed-length': record<FixedLength>({
      required: {
        check: TEXT,
        prefix: TEXT,
        lengths: list(COUNT, 1),
        tail: TEXT_OR_EMPTY,
      },
      optional: {},
    }),
    'base64-text': record<Base64Text>({
      required: { check: TEXT, prefix: TEXT, begins: TEXT, holds: TEXT },
      optional: {},
    }),
    'crc32-base62': record<Crc32Base62>({
      required: { check: TEXT, prefix: TEXT, digits: COUNT },
      optional: {},
    }),
    pem: record<Pem>({ required: { check: TEXT, beside: TEXT_OR_EMPTY }, optional: {} }),
    'jwt-claims': record<JwtClaims>({ required: { check: TEXT, claims: list(TEXT, 1) }, optional: {} }),
    snowflake: record<Snowflake>({ required: { check: TEXT }, optional: {} }),
    'random-value': record<RandomValue>({ required: { check: TEXT, mixedCase: FLAG }, optional: {} }),
    'url-password': record<UrlPassword>({ required: { check: TEXT }, optional: {} }),
  },
};

const PUBLIC_USE = record<NonNullable<KeyTypeEntry['publicUse']>>({
  required: {
    onLine: list(TEXT),
    nearby: list(TEXT),
    title: TEXT,
    opens: TEXT,
    todo: TEXT,
    steps: list(TEXT, 1),
    url: URL,
  },
  optional: {},
});

const REVOCATION = record<Revocation>({
  required: {
    url: URL_OR_NULL,
    evidence: { kind: 'word', what: 'kind of evidence', of: ['sourced', 'general-knowledge'] },
    who: { kind: 'word', what: 'revoker', of: ['holder', 'member', 'owner'] },
    always: FLAG,
    steps: list(TEXT, 1),
    replace: list(TEXT),
    usageUrl: URL_OR_NULL,
    afterLeak: list(TEXT),
  },
  optional: { revocable: FLAG },
});

const CONTEXT = record<NonNullable<KeyTypeEntry['context']>>({
  required: {},
  optional: { names: list(TEXT), hosts: list(TEXT), words: list(TEXT), required: FLAG, strict: FLAG },
});

const KEY_TYPE = record<KeyTypeEntry>({
  required: {
    id: TEXT,
    title: TEXT,
    keyType: TEXT,
    opens: TEXT,
    risk: RISK,
    confidence: CONFIDENCE,
    anchors: list(TEXT, 1),
    pattern: { kind: 'either', of: [TEXT, list(TEXT, 1)] },
    examples: list(TEXT, 2),
    negativeExamples: list(TEXT, 2),
    revoke: REVOCATION,
    references: list(URL, 1),
  },
  optional: {
    severity: SEVERITY,
    anchorAt: { kind: 'word', what: 'place of an anchor', of: ['start', 'inside', 'name', 'near'] },
    left: TEXT_OR_EMPTY,
    right: TEXT_OR_EMPTY,
    context: CONTEXT,
    structure: STRUCTURE,
    publicUse: PUBLIC_USE,
    placeholders: list(TEXT),
    envVars: list(TEXT),
    collidesWith: list(TEXT),
    catchAll: FLAG,
    guessable: FLAG,
    isSecret: FLAG,
    verify: OBJECT,
    notes: list(TEXT),
  },
});

/** One kind of block of a topic, told by the field that only it has. */
type Block<Field extends string> = Extract<TopicBlock, Readonly<Record<Field, unknown>>>;

const SOURCE = { kind: TEXT, source: TEXT, asOf: DATE } as const;
const PROSE = record<Block<'text'>>({ required: { ...SOURCE, text: TEXT }, optional: {} });
const STEPS = record<Block<'steps'>>({ required: { ...SOURCE, steps: list(TEXT, 1) }, optional: {} });
const COMMAND = record<Block<'command'>>({ required: { ...SOURCE, command: TEXT }, optional: {} });
const TABLE = record<Block<'rows'>>({
  required: { ...SOURCE, columns: list(TEXT, 2), rows: list(list(TEXT), 1) },
  optional: {},
});

const BLOCK: Shape = {
  kind: 'tagged',
  by: 'kind',
  of: { text: PROSE, today: PROSE, steps: STEPS, list: STEPS, command: COMMAND, table: TABLE },
};

const TOPIC = record<Topic>({ required: { name: TEXT, title: TEXT, blocks: list(BLOCK, 1) }, optional: {} });

export const RULE_FILE = record<RuleFile>({
  required: { provider: TEXT, consoleUrl: URL_OR_NULL, docsUrl: URL_OR_NULL, keyTypes: list(KEY_TYPE, 1) },
  optional: { $schema: TEXT, hosts: list(TEXT), words: list(TEXT), guide: list(TOPIC) },
});
