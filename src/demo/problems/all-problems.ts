import { awsProblems } from './aws.ts';
import { courseProblems } from './course.ts';
import type { Problem } from './problem.ts';
import { pythonProblems } from './python.ts';
import { sqlProblems } from './sql.ts';
import { telegramProblems } from './telegram.ts';

/** The sixty and more problems of the demo group; its place in this list distinguishes one from another. */
export const allProblems: readonly Problem[] = [
  ...courseProblems,
  ...telegramProblems,
  ...awsProblems,
  ...sqlProblems,
  ...pythonProblems,
];
