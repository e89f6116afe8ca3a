import type { AdvisedFinding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { escapeForDisplay } from '../display.ts';
import { commitInWords, placeInSentence, placeToOpen } from '../wording/place.ts';
import { whatItIs } from '../wording/what-it-is.ts';
import { worstFirst } from '../worst-first.ts';

/** JUnit XML as Jenkins and its like read it: a finding is a test that failed; what could not be read is an error. */
export function junitReport(report: Report): string {
  const failures = worstFirst(report.findings).map(failureOf);
  const errors = errorsOf(report).map((message) =>
    testCase('coverage', 'everything in scope was read', problem('error', 'incomplete', message, message)),
  );
  const advisories = report.advisories.map((advisory) =>
    testCase(advisory.ruleId, nameOf(advisory), `<system-out>${escapeXml(detailOf(advisory))}</system-out>`),
  );
  const rest = failures.length + errors.length === 0 ? [testCase('keyguard', 'no key was found', '')] : [];
  const cases = [...errors, ...failures, ...advisories, ...rest];
  const counts = `tests="${cases.length}" failures="${failures.length}" errors="${errors.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="keyguard" ${counts}>`,
    `  <testsuite name="keyguard ${escapeXml(report.scope.kind)}" ${counts} skipped="0">`,
    ...cases.map((line) => `    ${line}`),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function errorsOf({ complete, coverage }: Report): readonly string[] {
  if (coverage.errors.length > 0) return coverage.errors.map(({ message }) => message);
  return complete ? [] : ['The scan is not complete.'];
}

function failureOf(finding: AdvisedFinding): string {
  return testCase(
    finding.ruleId,
    nameOf(finding),
    problem('failure', finding.ruleId, finding.guidance.summary, detailOf(finding)),
  );
}

function nameOf(finding: AdvisedFinding): string {
  return `${whatItIs(finding)} in ${placeInSentence(finding.location)}${commitInWords(finding.location)}`;
}

function detailOf({ location, redacted, fingerprint, guidance }: AdvisedFinding): string {
  const steps = guidance.steps.map(({ text, url, command }, i) =>
    [`${i + 1}. ${text}`, url, command].filter((part) => part !== undefined).join(' '),
  );
  return [placeToOpen(location), `${redacted} (fingerprint ${fingerprint})`, ...steps].join('\n');
}

function testCase(classname: string, name: string, inside: string): string {
  return `<testcase classname="keyguard.${escapeXml(classname)}" name="${escapeXml(name)}">${inside}</testcase>`;
}

function problem(element: 'failure' | 'error', type: string, message: string, text: string): string {
  return `<${element} type="${escapeXml(type)}" message="${escapeXml(message)}">${escapeXml(text)}</${element}>`;
}

/** XML 1.0 knows no control characters, not even as entities; they are shown in words. */
function escapeXml(text: string): string {
  return escapeForDisplay(text, 'newlines').replaceAll(/[&<>"'\ufffe\uffff]/gu, (sign) => ENTITIES[sign] ?? '\ufffd');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
