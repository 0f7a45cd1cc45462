/** npm run golden: holds what is published against tests/golden, or against what another revision publishes. */
import { readArguments, wrongUse } from './lib/cli/arguments.ts'
import { Failure, runMain } from './lib/cli/failure.ts'
import { builtRevision } from './lib/golden/build-revision.ts'
import { heldAgainst, WHAT_TO_DO } from './lib/golden/held-against.ts'
import { goldenOf } from './lib/golden/published.ts'
import { newerThan } from './lib/golden/stale.ts'
import { tellTwoSites } from './lib/golden/two-sites.ts'

const HELP = `usage: npm run golden [-- --quick | --against REV [--only WHAT] [--show N]] [--dist DIR]

Holds the built site, and what src/lib answers without one, against what is pinned in tests/golden, and exits 1 where
they differ. UPDATE=1 npm run golden pins what is published now.

  --quick        only what src/lib answers: needs no build
  --against REV  builds the revision (HEAD, main, a commit) and says in words what is different in the built site
  --only WHAT    a kind of file (kfunc-pages) or the beginning of paths (7.3/bpf_task_)
  --show N       so many different differences of each kind (default 3)
  --dist DIR     the built site (default dist)
`

const say = (line: string): unknown => process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const given = readArguments(
    {
      options: {
        quick: { type: 'boolean' },
        against: { type: 'string' },
        only: { type: 'string' },
        show: { type: 'string' },
        dist: { type: 'string' },
      },
      allowPositionals: false,
    },
    HELP,
  )
  if (!given) return
  const { quick = false, against, only, show = '3', dist = 'dist' } = given.values
  if (!/^[1-9]\d*$/.test(show)) throw wrongUse(`--show is ${show}; expected a number`, HELP)
  if (against === undefined) return await holdAgainstPinned(dist, quick)
  const lines = tellTwoSites(await builtRevision(against, say), dist, {
    show: Number(show),
    only: only ?? null,
  })
  warnOfStale(dist)
  say(lines.length > 0 ? lines.join('\n') : `the site is the same as that of ${against}`)
}

async function holdAgainstPinned(dist: string, quick: boolean): Promise<void> {
  if (!quick) {
    const newer = newerThan(dist)
    if (process.env.UPDATE && newer)
      throw new Failure(`${dist} is older than ${newer}; nothing was pinned`, { hint: 'run: npm run build' })
  }
  // all of src/lib, which the words of two sites need not wait for
  const [{ readSite }, { answersOf }] = await Promise.all([
    import('../src/ask/read-site.ts'),
    import('./lib/golden/answers.ts'),
  ])
  const told = [
    ...(quick ? [] : heldAgainst('site', goldenOf(dist))),
    ...heldAgainst('answers', answersOf(readSite('/'))),
  ]
  if (told.length > 0) {
    if (!quick) warnOfStale(dist)
    throw new Failure(`what is published is not what tests/golden has\n\n${told.join('\n')}\n`, {
      hint: WHAT_TO_DO,
    })
  }
  say(process.env.UPDATE ? 'pinned in tests/golden' : 'all is as tests/golden has it')
}

function warnOfStale(dist: string): void {
  const newer = newerThan(dist)
  if (newer) process.stderr.write(`golden: ${dist} is older than ${newer}: npm run build makes it again\n`)
}

await runMain(main)
