import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentSecurityPolicy } from '../../../src/report/page/page.ts';
import { until } from '../../support/until.ts';
import { desktop } from './opened-page.ts';
import { opened, runFolder } from './started.ts';

describe('an opened page', () => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">`;
  const cases: [what: string, html: string, fault: RegExp][] = [
    ['a script that throws', '<script>throw new Error("broken")</script>', /^error: broken$/],
    ['a script that says something', '<script>console.log("here")</script>', /^console log: here$/],
    ['a script that asks something', '<script>alert(1)</script>', /^dialog: 1$/],
    ['a window of its own', '<script>open("about:blank")</script>', /^another page$/],
    [
      'an image from elsewhere',
      '<img src="http://127.0.0.1:9/a.png">',
      /^request: http:\/\/127\.0\.0\.1:9\/a\.png$/,
    ],
    ['a script against the policy', `${policy}<script>1</script>`, /^console error: .*script-src/],
    ['a style against the policy', `${policy}<p style="color: red">a</p>`, /^console error: .*style-src/],
    [
      'an image against the policy',
      `${policy}<img src="http://127.0.0.1:9/a.png">`,
      /^console error: .*img-src/,
    ],
  ];
  for (const [what, html, fault] of cases) {
    it(`is caught at ${what}`, async () => {
      const file = join(runFolder(), 'fault.html');
      writeFileSync(file, `<!doctype html><title>Fault</title>${html}`);
      const { faults } = await opened(pathToFileURL(file).href, desktop);
      await until(() => faults.some((line) => fault.test(line)));
    });
  }
});
