import { expect, it } from 'vitest';
import { measureFalseAlarms, measureRecall } from './measure.ts';
import { resultText } from './table.ts';

it('finds as much, and reports as little falsely, as the reviewed result says', { timeout: 240_000 }, async () => {
  const recalls = await measureRecall();
  const alarms = await measureFalseAlarms();
  await expect(resultText(recalls, alarms)).toMatchFileSnapshot('result.md');
});
