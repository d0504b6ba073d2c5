/** The command line asks for something that cannot be: the program ends with exit code 2 and this message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
