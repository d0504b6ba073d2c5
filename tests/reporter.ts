import Mocha from 'mocha';

/**
 * Mocha's own `spec` report, closed by one line that scripts can read: "N passed, N failed".
 */
export default class Reporter extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    console.log(`${this.stats.passes} passed, ${this.stats.failures} failed`);
  }
}
