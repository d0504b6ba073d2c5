/**
 * What an error of the file system means, in a sentence that names the file; undefined for any other error.
 *
 * Node's own text is written for programmers: `EACCES: permission denied, mkdir '/lake'`.
 *
 * @example 'this user may not read or write /lake/raw. Give yourself the right to (chmod, chown), or choose another
 * place'
 */
export function fileSystemProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', syscall = '', path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  // A port that is taken or not allowed has some of these codes, too.
  if (!(code in problems) || notOfFiles.has(syscall)) return undefined;
  const file = dest ?? path;
  return problems[code]?.(file === undefined || file === '' ? 'a file' : file);
}

const notOfFiles: ReadonlySet<string> = new Set([
  'listen',
  'bind',
  'connect',
  'getaddrinfo',
  'spawn',
  'kill',
]);

const problems: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `${file} does not exist, or the folder that it should be in does not. Check the path`,
  EACCES: (file) =>
    `this user may not read or write ${file}. Give yourself the right to (chmod, chown), or choose another place`,
  EPERM: (file) =>
    `the system does not let this user change ${file}. Give yourself the right to (chmod, chown), or choose another place`,
  EROFS: (file) =>
    `${file} lies on a disk that can only be read. Choose another place, or mount it for writing`,
  ENOSPC: (file) => `the disk that ${file} lies on is full. Make room, and run the command again`,
  EDQUOT: (file) =>
    `your share of the disk that ${file} lies on is used up. Make room, and run the command again`,
  EISDIR: (file) => `${file} is a folder, where a file is needed`,
  ENOTDIR: (file) => `a part of the path ${file} is a file, where a folder is needed`,
  ENOTEMPTY: (file) => `the folder ${file} is not empty`,
  EEXIST: (file) => `${file} is there already`,
  ELOOP: (file) => `${file} is a link that leads back to itself. Remove it`,
  ENAMETOOLONG: (file) => `the path is too long: ${file}. Choose a shorter one`,
  EMFILE: (file) =>
    `${file} cannot be opened, as this program has too many files open. Raise the limit (ulimit -n 4096)`,
  ENFILE: (file) => `${file} cannot be opened, as the system has too many files open. Close other programs`,
  EIO: (file) =>
    `the disk reports an error for ${file}: it may be failing. Copy what can be read to another disk`,
  EBUSY: (file) => `${file} is in use by another program. Close that program, and run the command again`,
};
