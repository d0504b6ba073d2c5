import Mocha from 'mocha';

/**
 * Mocha's own `spec` report, closed by one line that scripts can read: "N passed, N failed".
 */
export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    // At once, since servers keep their logs when they are stopped by a process that is about to fail.
    runner.once('fail', () => {
      process.exitCode = 1;
    });
  }

  override epilogue(): void {
    super.epilogue();
    console.log(`${this.stats.passes} passed, ${this.stats.failures} failed`);
  }
}
