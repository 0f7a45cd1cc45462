/** npm run budget: weighs the built site, prints its worst pages, and fails when it is past a budget. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { kilobytes, kindRows, overBudget, type WeighedSite } from '#lib/site/files/budgets.ts'
import { readArguments } from './lib/cli/arguments.ts'
import { Failure, runMain } from './lib/cli/failure.ts'
import { weighSite } from './lib/measure/weigh-site.ts'

const HELP = `usage: npm run budget [-- --dist DIR]

Weighs every page of the built site with the scripts that it loads, prints the ten heaviest, and exits 1 when anything
is past its budget.

  --dist DIR   the built site (default dist)
`

const WORST = 10

/** What is said of a weighed site, a line each. */
function report(site: WeighedSite): string[] {
  const rows = kindRows(site.pages).map((row) => [
    row.kind,
    String(row.pages),
    kilobytes(row.bytesMedian),
    kilobytes(row.bytesMax),
    kilobytes(row.gzMax),
    kilobytes(row.scriptsGzMax),
  ])
  const worst = [...site.pages]
    .sort((a, b) => b.gz - a.gz)
    .slice(0, WORST)
    .map(({ path, bytes, gz }) => [path, kilobytes(bytes), kilobytes(gz)])
  return [
    ...table(['pages', 'number', 'median', 'largest', 'largest gz', 'scripts gz'], rows),
    '',
    ...table(['the heaviest pages', 'HTML', 'gz'], worst),
    '',
    `styles ${kilobytes(site.stylesGz)} gz, search index ${kilobytes(site.searchGz ?? 0)} gz`,
    `${site.pages.length} pages, ${site.files} files, ${(site.bytes / 1024 / 1024).toFixed(1)} MB`,
  ]
}

/** Rows under a head; the first column stands left, numbers right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)))
  return [head, ...rows].map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
}

await runMain(
  async () => {
    const given = readArguments({ options: { dist: { type: 'string' } }, allowPositionals: false }, HELP)
    if (!given) return
    const dist = given.values.dist ?? 'dist'
    if (!existsSync(join(dist, 'index.html')))
      throw new Failure(`${dist} holds no site`, { hint: 'run: npm run build' })
    const site = weighSite(dist)
    process.stdout.write(`${report(site).join('\n')}\n`)
    const over = overBudget(site)
    if (over.length > 0)
      throw new Failure(`past ${over.length === 1 ? 'a budget' : `${over.length} budgets`}`, {
        hint: over.join('\n  '),
      })
    process.stdout.write('within every budget\n')
  },
  { interrupted: () => 'interrupted' },
)
