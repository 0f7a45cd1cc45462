/** npm run check: holds content/ against its rules; prints what is wrong and what to do, and fails when anything is. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readArguments } from './lib/cli/arguments.ts'
import { Failure, runMain } from './lib/cli/failure.ts'
import { checkContent } from './lib/rules/content.ts'
import { printProblem } from './lib/rules/problem.ts'

const HELP = `usage: npm run check [-- --content DIR]

Checks the hand-written content against the extracted data. Prints path:line:column  rule  message, sorted, and exits
1 if anything is wrong.

  --content DIR   the folder to check instead of content
`

await runMain(
  async () => {
    const given = readArguments({ options: { content: { type: 'string' } }, allowPositionals: false }, HELP)
    if (!given) return
    const content = given.values.content ?? 'content'
    if (!existsSync(join(content, 'data')))
      throw new Failure(`${content} has no folder data`, { hint: 'run npm run extract first' })
    const { releases, filters, problems } = checkContent(content)
    for (const problem of problems) process.stdout.write(`${printProblem(problem)}\n`)
    process.stdout.write(`${releases} releases, ${filters} filters read, ${problems.length} problems\n`)
    if (problems.length > 0) process.exitCode = 1
  },
  { interrupted: () => 'interrupted' },
)
