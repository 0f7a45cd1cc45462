import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** The npm package's browser has no zygote to start its processes as root. */
const PACKAGED_FLAGS = [...FLAGS, '--no-zygote']
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const START_MS = 60_000

/** Where the npm package's browser is unpacked to, once for all test files. */
const UNPACKED = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url))

/** Finds the fonts of the machine, if it has any, and those in the npm package, whose own list is elsewhere. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(UNPACKED, 'fonts')}</dir>
  <cachedir>${join(UNPACKED, 'fonts-cache')}</cachedir>
</fontconfig>
`

/** The programs of this machine that may be a Chromium, the one that was asked for first. */
function installed(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter(existsSync)
  return process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH, ...onPath] : onPath
}

/**
 * Unpacks the npm package's browser and gives its program. The package unpacks to the temporary folder and
 * takes what it finds there for whole; test files run side by side, so each unpacks into a folder of its own,
 * and the first to be done gives it its name.
 */
async function unpackPackaged(): Promise<string> {
  const program = join(UNPACKED, 'chromium')
  if (existsSync(program)) return program
  const { default: packaged } = await import('@sparticuz/chromium')
  mkdirSync(join(UNPACKED, '..'), { recursive: true })
  const own = mkdtempSync(`${UNPACKED}-`)
  const temporary = process.env.TMPDIR
  process.env.TMPDIR = own
  try {
    await packaged.executablePath()
    writeFileSync(join(own, 'fonts.conf'), FONTS)
    renameSync(own, UNPACKED)
  } catch (error) {
    rmSync(own, { recursive: true, force: true })
    if (!existsSync(program)) throw error
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporary
  }
  return program
}

const launch = (executablePath: string, args: string[], env: Record<string, string> = {}): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args,
    timeout: START_MS,
    env: { ...(process.env as Record<string, string>), ...env },
  })

async function launchPackaged(): Promise<Browser> {
  const program = await unpackPackaged()
  return launch(program, PACKAGED_FLAGS, { FONTCONFIG_FILE: join(UNPACKED, 'fonts.conf') })
}

/**
 * Starts a Chromium: the one CHROMIUM_PATH names, else one of this machine, else the npm package's;
 * `KFUNC_ATLAS_BROWSER=npm` goes straight to the last. Throws when none starts, with the line that installs
 * one: tests that need a browser fail without it, they are never skipped.
 */
export function launchBrowser(): Promise<Browser> {
  const paths = process.env.KFUNC_ATLAS_BROWSER === 'npm' ? [] : installed()
  return launchFirst([...paths.map((path) => () => launch(path, FLAGS)), launchPackaged])
}

/** Gives the first browser that starts; throws with every reason when none does. */
export async function launchFirst(starts: readonly (() => Promise<Browser>)[]): Promise<Browser> {
  const reasons: string[] = []
  for (const start of starts) {
    try {
      return await start()
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  throw new Error(
    `no Chromium starts here (${reasons.join('; ')}); install one with: apt-get install chromium` +
      ' or, for the one that npm brings: apt-get install libnss3 libnspr4 libexpat1',
  )
}
