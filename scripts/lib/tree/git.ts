/** A kernel tree in a git repository at a tag, read without a checkout. */
import { spawn } from 'node:child_process'
import type { SourceText } from '#lib/text/source.ts'
import { Failure, isSystemError } from '../cli/failure.ts'
import { type FileTree, objectIdOf } from './object-id.ts'
import { comparePaths, decodeFile, holdsAny, needlesFor, requireKernel } from './text.ts'

/** Up to this many files are looked through here; above it `git grep` is faster. */
const FEW_FILES = 2000
const NEAR_TAGS = 3
const SHA1_DIGITS = 40

interface Answer {
  readonly code: number
  readonly output: Buffer
  readonly complaint: string
}

/** Runs git and gives what it printed. `location`: the options that say where the repository is. */
function git(location: readonly string[], command: readonly string[], input = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...location, ...command], { env: { ...process.env, LC_ALL: 'C' } })
    const output: Buffer[] = []
    const complaint: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk))
    // A git that ends early closes its input; what it complained about says more than the broken pipe.
    child.stdin.on('error', () => {})
    child.once('error', (error) => {
      const isMissing = isSystemError(error) && error.code === 'ENOENT'
      const hint = { hint: 'install it, for instance with: apt-get install git' }
      reject(isMissing ? new Failure('the program git is needed and is not installed', hint) : error)
    })
    child.once('close', (code) => {
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output),
        complaint: Buffer.concat(complaint).toString().trim(),
      })
    })
    child.stdin.end(input)
  })
}

/** What git printed; a Failure with git's own first line when it did not succeed. */
async function ask(
  what: string,
  location: readonly string[],
  command: readonly string[],
  input = '',
): Promise<Buffer> {
  const { code, output, complaint } = await git(location, command, input)
  if (code === 0) return output
  throw new Failure(`${what}: git ${command[0]}: ${complaint.split('\n')[0] || `ended with code ${code}`}`)
}

/** The repository that `folder` is or lies in, as the directory git keeps it in; null when there is none. */
export async function findGitDirectory(folder: string): Promise<string | null> {
  const { code, output, complaint } = await git(['-C', folder], ['rev-parse', '--absolute-git-dir'])
  if (code === 0) return output.toString().replace(/\n$/, '')
  if (/not a git repository/.test(complaint)) return null
  throw new Failure(`${folder}: git: ${complaint.split('\n')[0]}`)
}

/** How many characters two tags have in common from the start. */
function commonLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}

/** The tags most like `tag`: longest common start first, then the shortest. */
function nearTags(tag: string, tags: readonly string[]): string[] {
  return [...tags]
    .sort((a, b) => commonLength(b, tag) - commonLength(a, tag) || a.length - b.length || comparePaths(a, b))
    .slice(0, NEAR_TAGS)
}

async function findCommit(repository: string, location: readonly string[], tag: string): Promise<string> {
  for (const name of [`refs/tags/${tag}`, tag]) {
    const command = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
    const { code, output } = await git(location, command)
    if (code === 0) return output.toString().trim()
  }
  const tags = (await ask(repository, location, ['tag', '--list'])).toString().split('\n').filter(Boolean)
  const has = tags.length === 0 ? 'no tags' : nearTags(tag, tags).join(', ')
  throw new Failure(`${tag} is not in ${repository}; it has ${has}`, {
    hint: `fetch it with: git -C ${repository} fetch --tags`,
  })
}

/** The plain files of a commit: their blobs' names by path, in order of path. */
async function listBlobs(
  repository: string,
  location: readonly string[],
  commit: string,
): Promise<Map<string, string>> {
  const listing = await ask(repository, location, ['ls-tree', '-r', '-z', '--full-tree', commit])
  const files: [string, string][] = []
  for (const row of listing.toString().split('\0')) {
    // "100644 blob <name>\t<path>"; links have mode 120000, submodules 160000.
    const [head = '', path] = row.split('\t')
    const [mode = '', , name] = head.split(' ')
    if (path !== undefined && name !== undefined && mode.startsWith('100')) files.push([path, name])
  }
  return new Map(files.sort(([a], [b]) => comparePaths(a, b)))
}

/** Opens the kernel at `tag` in the repository that `folder` is or lies in. */
export async function openGitTree(folder: string, tag: string): Promise<FileTree> {
  const directory = await findGitDirectory(folder)
  if (directory === null) throw new Failure(`${folder} is no git repository, so it has no ${tag}`)
  const location = ['--git-dir', directory]
  const what = `${folder} at ${tag}`
  const commit = await findCommit(folder, location, tag)
  const blobs = await listBlobs(folder, location, commit)

  /** The bytes of files, in the order asked for. */
  const readAll = async (paths: readonly string[]): Promise<[string, Buffer][]> => {
    const names = paths.map((path) => `${blobs.get(path)}\n`).join('')
    const output = await ask(what, location, ['cat-file', '--batch'], names)
    let at = 0
    return paths.map((path) => {
      // "<name> blob <size>\n", the bytes, and a newline.
      const lineEnd = output.indexOf('\n', at)
      const size = Number(output.toString('latin1', at, lineEnd).split(' ')[2])
      if (!Number.isSafeInteger(size))
        throw new Failure(`${what}: git cannot read ${path}`, {
          hint: `check it with: git -C ${folder} fsck`,
        })
      at = lineEnd + 1 + size + 1
      return [path, output.subarray(lineEnd + 1, lineEnd + 1 + size)]
    })
  }

  /** Those of the whole commit's paths whose bytes hold any of the words. */
  const grep = async (needles: readonly Buffer[]): Promise<Set<string>> => {
    const patterns = needles.flatMap((needle) => ['-e', needle.toString()])
    const command = ['grep', '-l', '-z', '-F', '--no-color', '--no-textconv', ...patterns, commit]
    const { code, output, complaint } = await git(location, command)
    // git grep ends with 1 when it found nothing.
    if (code > 1 || complaint !== '') throw new Failure(`${what}: git grep: ${complaint.split('\n')[0]}`)
    const rows = output.toString().split('\0').filter(Boolean)
    return new Set(rows.map((row) => row.slice(commit.length + 1)))
  }

  const decoded = new Map<string, SourceText>()
  const makefile = blobs.has('Makefile') ? await readAll(['Makefile']) : []
  const [top] = makefile
  requireKernel(what, top ? decodeFile(...top).text : null, blobs.keys())

  return {
    what,
    async search(words, isWanted) {
      const needles = needlesFor(words)
      let paths = [...blobs.keys()].filter(isWanted)
      if (needles.length > 0 && paths.length > FEW_FILES) {
        const found = await grep(needles)
        paths = paths.filter((path) => found.has(path))
      }
      const files = await readAll(paths)
      return files
        .filter(([, bytes]) => holdsAny(bytes, needles))
        .map(([path, bytes]) => decodeFile(path, bytes))
    },
    async read(path) {
      if (!blobs.has(path)) return null
      const known = decoded.get(path)
      if (known) return known
      const [file] = await readAll([path])
      const source = file ? decodeFile(...file) : null
      if (source) decoded.set(path, source)
      return source
    },
    async objectIds(asked) {
      const there = asked.filter((path) => blobs.has(path))
      // a repository may name its objects by sha256
      const isSha1 = there.every((path) => blobs.get(path)?.length === SHA1_DIGITS)
      if (isSha1) return new Map(there.map((path) => [path, blobs.get(path) ?? '']))
      return new Map((await readAll(there)).map(([path, bytes]) => [path, objectIdOf(bytes)]))
    },
    async close() {
      decoded.clear()
    },
  }
}
