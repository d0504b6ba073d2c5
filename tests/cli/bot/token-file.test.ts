import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTokenFile, storeToken } from '../../../src/cli/bot/token-file.ts';
import { FakeBotApi } from '../../support/fake-bot-api.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const token = '7654321098:AAF-fake_token_of_the_tests_0123456789';

describe('the file of the bot token', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'own', 'bot-token');

  it('is stored for its owner alone, and read again', () => {
    storeToken(token, path());
    storeToken(token, path());
    expect(statSync(path()).mode & 0o777).to.equal(0o600);
    expect(readTokenFile(path())).to.equal(token);
  });

  it('is refused where others can read it, with what to do and without the token', () => {
    storeToken(token, path());
    for (const mode of [0o644, 0o640, 0o604]) {
      chmodSync(path(), mode);
      expect(() => readTokenFile(path(), 'linux'))
        .to.throw(/can be read by others \(mode 6\d\d\).*chmod 600 .*bot-token$/)
        .with.property('message')
        .that.does.not.contain(token);
    }
    expect(readTokenFile(path(), 'win32')).to.equal(token);
  });

  it('is nothing where it is not there, and refused where it holds no token', () => {
    expect(readTokenFile(path())).to.equal(undefined);
    const other = join(folder(), 'other');
    writeFileSync(other, 'not a token', { mode: 0o600 });
    expect(() => readTokenFile(other)).to.throw(/must be a bot token/);
    expect(readFileSync(other, 'utf8')).to.equal('not a token');
  });

  it('is used by every command that calls the Bot API, when TELEGRAM_BOT_TOKEN is not set', async () => {
    const telegram = await FakeBotApi.start();
    try {
      storeToken(telegram.token, path());
      const check = (variables: Record<string, string>) =>
        runCli(['bot', 'check'], { TELEGRAM_API_ROOT: telegram.root, ...variables });
      expect((await check({ TELEGRAM_BOT_TOKEN_FILE: path() })).stdout).to.contain('@lake_test_bot answers');
      storeToken(telegram.token, join(folder(), 'telegram-lake', 'bot-token'));
      expect((await check({ XDG_CONFIG_HOME: folder() })).stdout).to.contain('@lake_test_bot answers');
      expect((await check({ TELEGRAM_BOT_TOKEN_FILE: '/none' })).stderr).to.match(/names no file: \/none/);
    } finally {
      await telegram.close();
    }
  });
});
