import { assert, constantFrom, boolean, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Decidable } from '../../../src/config/decide.ts';
import type { Accepted, Policy } from '../../../src/config/policy.ts';
import { rawPathFromText } from '../../../src/model/fragment.ts';
import { fingerprintOf, Secret } from '../../../src/model/secret.ts';

const FINGERPRINT = fingerprintOf(new Secret('some key'));
const RULE = 'openai-project-key';

const POLICY: Policy = {
  from: 'the index',
  isIgnored: () => false,
  isSwitchedOff: () => false,
  accepted: new Map(),
  failOn: 'error',
  ruleIds: [RULE, 'openai-admin-key'],
  before: null,
};
const FINDING: Decidable = {
  fingerprint: FINGERPRINT,
  ruleId: RULE,
  risk: 'medium',
  path: rawPathFromText('src/app.ts'),
  allow: null,
};
const HIGH: Decidable = { ...FINDING, ruleId: 'openai-admin-key', risk: 'high' };

function accepting(proof: Accepted['proof'], until: string | null = null): Policy {
  const entry = { fingerprint: FINGERPRINT, ruleId: null, reason: 'a test', until, proof };
  return { ...POLICY, accepted: new Map([[FINGERPRINT, entry]]) };
}

const IGNORING: Policy = { ...POLICY, isIgnored: () => true };
const SWITCHED_OFF: Policy = { ...POLICY, isSwitchedOff: () => true };

describe('decide', () => {
  it('keeps what nothing silences', () => {
    expect(decide(POLICY, FINDING)).toEqual({ kind: 'keep', notices: [] });
    expect(decide(POLICY, HIGH)).toEqual({ kind: 'keep', notices: [] });
  });

  it.each([
    ['baseline', accepting(null), FINDING, 'a test'],
    ['baseline', accepting(null, '2027-01-01'), FINDING, 'a test (until 2027-01-01)'],
    ['baseline', accepting({ kind: 'never-live' }), FINDING, 'never live: a test'],
    ['inline-allow', POLICY, { ...FINDING, allow: { ruleId: RULE, reason: 'a fixture' } }, 'a fixture'],
    ['config', SWITCHED_OFF, FINDING, `keyguard.config.json switches ${RULE} off here`],
    ['ignore', IGNORING, FINDING, '.keyguardignore ignores this path'],
  ] as const)('silences a medium risk by %s', (by, policy, finding, reason) => {
    expect(decide(policy, finding)).toEqual({ kind: 'suppress', by, reason, notices: [] });
  });

  it.each([
    ['keyguard.baseline.jsonl', accepting(null), HIGH],
    ['keyguard:allow comment', POLICY, { ...HIGH, allow: { ruleId: HIGH.ruleId, reason: 'a fixture' } }],
    ['keyguard.config.json', SWITCHED_OFF, HIGH],
    ['.keyguardignore', IGNORING, HIGH],
  ] as const)('does not silence a high risk by %s, and says so', (place, policy, finding) => {
    const decision = decide(policy, finding);
    expect(decision.kind).toBe('keep');
    expect(decision.notices).toEqual([
      {
        code: 'high-risk-not-silenced',
        message:
          `The ${place} does not silence ${FINGERPRINT}: the risk of openai-admin-key is high. After revoking it: ` +
          `keyguard allow ${FINGERPRINT} --reason TEXT --i-revoked-it DATE (or --never-live).`,
      },
    ]);
  });

  it.each([
    [{ kind: 'revoked', on: '2026-11-20' }, 'revoked on 2026-11-20: a test'],
    [{ kind: 'never-live' }, 'never live: a test'],
  ] as const)('silences a high risk that is accepted as %j', (proof, reason) => {
    expect(decide(accepting(proof), HIGH)).toEqual({ kind: 'suppress', by: 'baseline', reason, notices: [] });
  });

  it('does not ignore what has no path', () => {
    expect(decide(IGNORING, { ...FINDING, path: null }).kind).toBe('keep');
  });

  it.each([
    [{ ruleId: RULE, reason: null }, 'allow-without-reason', 'gives no reason and was not honoured'],
    [{ ruleId: '', reason: 'x' }, 'allow-without-rule', 'names no rule and was not honoured'],
    [{ ruleId: 'openai-admin-key', reason: 'x' }, 'allow-wrong-rule', `is for openai-admin-key, but this is ${RULE}`],
    [{ ruleId: 'openai-projct-key', reason: 'x' }, 'allow-wrong-rule', `did you mean ${RULE}?`],
    [
      { ruleId: 'all', reason: 'x' },
      'allow-wrong-rule',
      `names all, which is no rule, and was not honoured; this is ${RULE}.`,
    ],
  ])('does not honour the allow %j, and says why', (allow, code, words) => {
    const decision = decide(POLICY, { ...FINDING, allow });
    expect(decision).toMatchObject({ kind: 'keep', notices: [{ code }] });
    expect(decision.notices[0]?.message).toContain(words);
  });

  it('never silences a high risk without proof', () => {
    const cases = record({
      isIgnored: boolean(),
      isSwitchedOff: boolean(),
      accepted: boolean(),
      allow: constantFrom(null, { ruleId: HIGH.ruleId, reason: 'x' }, { ruleId: HIGH.ruleId, reason: null }),
    });
    assert(
      property(cases, ({ isIgnored, isSwitchedOff, accepted, allow }) => {
        const base = accepted ? accepting(null) : POLICY;
        const policy = { ...base, isIgnored: () => isIgnored, isSwitchedOff: () => isSwitchedOff };
        expect(decide(policy, { ...HIGH, allow }).kind).toBe('keep');
      }),
      { seed: 1 },
    );
  });
});

describe('a policy that a change brings with it', () => {
  const allow = { ruleId: RULE, reason: 'a fixture' };
  it.each([
    ['keyguard:allow comment', POLICY, { ...FINDING, allow }],
    ['keyguard.baseline.jsonl', accepting(null), FINDING],
    ['keyguard.config.json', SWITCHED_OFF, FINDING],
    ['.keyguardignore', IGNORING, FINDING],
  ] as const)('is honoured, and it is said that CI asks for approval of %s', (place, policy, finding) => {
    expect(decide({ ...policy, before: POLICY }, finding)).toMatchObject({
      kind: 'suppress',
      notices: [{ code: 'allow-needs-approval', message: expect.stringContaining(place) }],
    });
  });

  it('needs no approval where the policy before it silences the same', () => {
    for (const policy of [accepting(null), SWITCHED_OFF, IGNORING]) {
      expect(decide({ ...policy, before: policy }, FINDING)).toMatchObject({ kind: 'suppress', notices: [] });
      expect(decide({ ...policy, before: IGNORING }, FINDING)).toMatchObject({ kind: 'suppress', notices: [] });
    }
  });

  it('says nothing of approval for what it does not silence', () => {
    expect(decide({ ...POLICY, before: POLICY }, FINDING)).toEqual({ kind: 'keep', notices: [] });
    const kept = decide({ ...POLICY, before: POLICY }, { ...HIGH, allow: { ...allow, ruleId: HIGH.ruleId } });
    expect(kept).toMatchObject({ kind: 'keep', notices: [{ code: 'high-risk-not-silenced' }] });
  });
});
