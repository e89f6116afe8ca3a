import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../../src/ruleset/fill-template.ts';
import { detectIn, scanner } from '../../detection/detect.ts';
import { fakeKey } from '../../helpers/keys.ts';
import { leaksIn, type Planted } from '../../helpers/leaks.ts';

const PROJECT: Planted = { key: fakeKey('openaiProject'), prefix: 'sk-proj-' };
const ADMIN: Planted = { key: fakeKey('openaiAdmin', 2), prefix: 'sk-admin-' };
const ROUTER: Planted = { key: fakeKey('openrouter', 3), prefix: 'sk-or-v1-' };
const CLAUDE: Planted = { key: fakeKey('anthropicApi', 4), prefix: 'sk-ant-api' };
const PLANTED = [PROJECT, ADMIN, ROUTER, CLAUDE];
const LONG = ROUTER.key + fillTemplate('{{hex:1500}}', 5);

/** Everything that leaves the core about a content, as one text. */
async function told(content: string | Buffer, windowSize?: number): Promise<string> {
  const detections = await detectIn(content, windowSize);
  return JSON.stringify(detections.map(({ finding }) => finding));
}

function percentEncoded(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

describe('a report of a line', () => {
  test.each<readonly [string, string | Buffer]>([
    ['with one key', `key = '${PROJECT.key}'`],
    ['with two keys', `a('${PROJECT.key}', '${ADMIN.key}')`],
    ['with two keys, glued together', `${PROJECT.key}${ADMIN.key}`],
    ['with keys one character apart', PLANTED.map(({ key }) => key).join(',')],
    ['with a key beside one that is dropped', `x = '${PROJECT.key}'; y = backup${ROUTER.key}`],
    ['with a key beside one that is longer than its rule', `${PROJECT.key} ${LONG}`],
    ['with a key beside one that is written as in a URL', `${PROJECT.key}?k=${percentEncoded(ADMIN.key)}`],
    [
      'with a key beside one that colours break',
      `${PROJECT.key} ${ROUTER.key.slice(0, 40)}\u001b[31m${ROUTER.key.slice(40)}`,
    ],
    ['with a key that a colour breaks', `${PROJECT.key.slice(0, 60)}\u001b[31m${PROJECT.key.slice(60)}`],
    ['with a key that goes on', `key = ${PROJECT.key}${PROJECT.key.slice(20)}`],
    ['in UTF-16', Buffer.from(`\ufeffkey = '${PROJECT.key}'; ${ADMIN.key}\r\n`, 'utf16le')],
    ['of megabytes', `${'x="minified";'.repeat(90_000)}k="${PROJECT.key}",l="${CLAUDE.key}";${'y=1;'.repeat(200_000)}`],
  ])('%s names it and does not show it', async (_name, content) => {
    const text = await told(content);
    expect(text).toContain('sk-');
    expect(text).toMatch(/…|\[OpenAI/u);
    expect(leaksIn(text, PLANTED)).toEqual([]);
  });

  test('does not show a neighbour that the edge of the snippet cuts', async () => {
    for (let gap = 0; gap <= 130; gap += 1) {
      const space = ' '.repeat(gap);
      for (const neighbour of [ADMIN.key, LONG, percentEncoded(CLAUDE.key)]) {
        const text = await told(`${neighbour}${space};${PROJECT.key};${space}${neighbour}`);
        expect(text).toContain(`sk-proj-…${PROJECT.key.slice(-4)}`);
        expect(leaksIn(text, PLANTED)).toEqual([]);
      }
    }
  });

  test('does not show a key that the border of a window cuts', async () => {
    const size = 3 * scanner.overlap;
    for (let at = size - 200; at <= size + 4; at += 17) {
      const text = await told(`${'z '.repeat(at / 2)}${PROJECT.key} ${ADMIN.key}\n`, size);
      expect(text).toContain(`sk-proj-…${PROJECT.key.slice(-4)}`);
      expect(text).toContain(`sk-admin-…${ADMIN.key.slice(-4)}`);
      expect(leaksIn(text, PLANTED)).toEqual([]);
    }
  });
});
