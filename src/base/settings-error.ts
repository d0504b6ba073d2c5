/** A setting is missing or malformed. Names the variable, never its value: some are secrets. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly variable: string;

  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.variable = variable;
  }
}
