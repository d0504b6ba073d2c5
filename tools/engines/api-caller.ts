import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** AWS answered a call with an error of its own. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Such as `EntityNotFoundException`. */
  readonly code: string;

  constructor(call: string, { Code, Message }: { readonly Code: string; readonly Message: string }) {
    super(`${call}: ${Code}: ${Message}`);
    this.code = Code;
  }
}

/** Calls any operation of any service by its name in AWS's Python SDK, which the account has at hand. */
export interface ApiCaller {
  /**
   * The answer to a call; times are text.
   *
   * @param operation - in snake_case, such as `get_table`
   * @typeParam Answer - the part of the answer that the caller reads
   * @throws ApiError when AWS answers with an error
   */
  call<Answer>(service: string, operation: string, parameters?: object): Promise<Answer>;
  stop(): void;
}

/** Starts a caller, a Python process, with the first call. */
export function apiCaller(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ApiCaller {
  let child: ChildProcess | undefined;
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];

  function start(): ChildProcess {
    const started = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    if (started.stdout) {
      createInterface({ input: started.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
    }
    started.once('exit', (code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`the API caller ended with ${code}`));
    });
    return started;
  }

  return {
    async call<Answer>(service: string, operation: string, parameters: object = {}): Promise<Answer> {
      child ??= start();
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting.push({ resolve, reject });
      child.stdin?.write(`${JSON.stringify([service, operation, parameters])}\n`);
      const { result, error } = JSON.parse(await promise);
      if (error) throw new ApiError(`${service} ${operation}`, error);
      return result as Answer;
    },
    stop() {
      child?.stdin?.end();
    },
  };
}
