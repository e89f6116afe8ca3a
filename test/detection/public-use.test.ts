import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/ruleset/fill-template.ts';
import { detectIn } from './detect.ts';

const KEY = fillTemplate('AI{{}}zaSy{{base64url:32}}w', 3);
const OTHER = fillTemplate('AI{{}}zaSy{{base64url:32}}w', 4);

const FIREBASE = `const firebaseConfig = {
  apiKey: "KEY",
  authDomain: "my-shop.firebaseapp.com",
  projectId: "my-shop",
  messagingSenderId: "123456789012",
};`;

/** What is said of each key in a text: `report` or `advise`. */
async function saidOf(text: string): Promise<readonly string[]> {
  const found = await detectIn(
    text.replaceAll('KEY!', KEY).replaceAll('"KEY"', `"${KEY}"`).replaceAll('OTHER!', OTHER),
  );
  for (const { finding } of found) expect(finding.ruleId).toBe('google-api-key');
  return found.map(({ kind }) => kind);
}

describe('a key that everybody may see where it stands is an advisory', () => {
  it.each([
    ['a Firebase web config', FIREBASE],
    [
      'google-services.json',
      '{"client":[{"client_info":{"mobilesdk_app_id":"1:1:android:7"},"api_key":[{"current_key":"KEY!"}]}]}',
    ],
    ['a Maps script', '<script src="https://maps.googleapis.com/maps/api/js?key=KEY!&callback=init"></script>'],
    ['a Maps variable', 'NEXT_PUBLIC_GOOGLE_MAPS_API_KEY=KEY!\n'],
    ['an Android manifest', '<meta-data android:name="com.google.android.geo.API_KEY"\n  android:value="KEY!"/>'],
    ['a Maps resource', '<string name="google_maps_key" templateMergeStrategy="preserve">KEY!</string>'],
  ])('%s', async (_name, text) => {
    expect(await saidOf(text)).toEqual(['advise']);
  });

  it.each([
    ['Gemini by its variable', 'GEMINI_API_KEY=KEY!\n'],
    ['Gemini by its host', 'fetch("https://generativelanguage.googleapis.com/v1beta/models?key=KEY!")'],
    ['nothing around it', 'key = "KEY!"\n'],
    [
      'Gemini beside a Firebase config',
      `${FIREBASE.replace('"KEY"', '""')}\nconst ai = new GoogleGenerativeAI("KEY!");`,
    ],
    ['Gemini on the line above a Maps key', 'GEMINI_API_KEY=KEY!\nGOOGLE_MAPS_API_KEY=\n'],
  ])('but not with %s', async (_name, text) => {
    expect(await saidOf(text)).toEqual(['report']);
  });

  it('each key for itself', async () => {
    expect(await saidOf('GEMINI_API_KEY=KEY!\nGOOGLE_MAPS_API_KEY=OTHER!\n')).toEqual(['report', 'advise']);
  });
});

it('is called what it is there, and not a secret', async () => {
  const [detection] = await detectIn(FIREBASE.replace('KEY', KEY));
  expect(detection?.finding).toMatchObject({
    title: 'Google API key of a web page or app',
    opens: 'is meant to be seen there, and safe only if it is restricted',
    severity: 'warning',
  });
});
