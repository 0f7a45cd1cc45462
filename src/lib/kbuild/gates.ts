/** Which configurations compile a file: the rules of its object, and those of the folders above it. */
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { folderOf, foldersAbove } from '#lib/text/folders.ts'
import { findInclusions } from './includes.ts'
import { parseMakefile } from './makefile.ts'
import {
  anyGates,
  type FileGates,
  gatesInFolder,
  gatesOfPart,
  gatesOfWord,
  type Makefile,
  NO_GATES,
} from './object-gates.ts'
import { anyOf, type Ways } from './ways.ts'

/** Answers for the files of one tree; each Makefile is read once. */
export interface Gates {
  /** The gates of a `.c` file; null when no rule and no including file was found, which is reported once. */
  ofFile(path: string): Promise<FileGates | null>
}

/** The lists whose words are compiled and linked. */
const LISTS: ReadonlySet<string> = new Set(['obj', 'lib'])

/** The lists of folders in the top Makefile and in those of architectures, with paths from the top. */
const TOP_LISTS: ReadonlySet<string> = new Set(['core', 'drivers', 'libs', 'net', 'virt', 'init'])

const isArchitecture = (folder: string): boolean => /^arch\/[^/]+$/.test(folder)

/** What the top's Kbuild calls the folder of the architecture that is built. */
const ANY_ARCHITECTURE = 'arch/$(SRCARCH)/'

/** Gives the gates of the files of `tree`. Reports `config-unread`. */
export function createGates(tree: KernelTree, report: Report): Gates {
  const makefiles = new Map<string, Promise<Makefile | null>>()
  const files = new Map<string, Promise<FileGates | null>>()

  function makefileAt(path: string): Promise<Makefile | null> {
    const makefile = makefiles.get(path) ?? readMakefile(tree, path)
    makefiles.set(path, makefile)
    return makefile
  }

  /** The files with rules for a folder: Kbuild, else Makefile; at the top and of an architecture both have some. */
  async function makefilesOf(folder: string): Promise<Makefile[]> {
    const at = folder === '' ? '' : `${folder}/`
    const kbuild = await makefileAt(`${at}Kbuild`)
    if (kbuild && folder !== '' && !isArchitecture(folder)) return [kbuild]
    const makefile = await makefileAt(`${at}Makefile`)
    return [kbuild, makefile].flatMap((file) => file ?? [])
  }

  async function ofTargetIn(folder: string, target: string): Promise<FileGates | null> {
    for (const makefile of await makefilesOf(folder)) {
      const isFromTop = folder === '' || makefile.lists === TOP_LISTS
      const word = isFromTop ? target : target.slice(folder.length + 1)
      const gates = gatesOfWord(makefile, isArchitecture(word.slice(0, -1)) ? ANY_ARCHITECTURE : word)
      if (gates) return gates
    }
    return null
  }

  /** The gates of an object ("kernel/bpf/arena.o") or folder ("kernel/bpf/"), those of the folders above included. */
  async function ofTarget(target: string): Promise<FileGates | null> {
    for (const folder of foldersAbove(target.replace(/\/$/, ''))) {
      const inner = await ofTargetIn(folder, target)
      if (!inner) continue
      const outer = folder === '' ? NO_GATES : await ofTarget(`${folder}/`)
      return outer && gatesInFolder(outer, inner)
    }
    return null
  }

  /** `including` are the files that asking for this one began with: a circle of includes leads nowhere. */
  async function ofSource(path: string, including: readonly string[]): Promise<FileGates | null> {
    const own = await ofTarget(path.replace(/\.[cS]$/, '.o'))
    if (own) return own
    const found: FileGates[] = []
    for (const inclusion of await findInclusions(tree, path)) {
      if (including.includes(inclusion.path)) continue
      const whole = await ofSource(inclusion.path, [...including, path])
      if (whole) found.push(gatesOfPart(whole, inclusion))
    }
    return found.length > 0 ? anyGates(found) : null
  }

  async function ofNewFile(path: string): Promise<FileGates | null> {
    const gates = await ofSource(path, [path])
    if (!gates) {
      const object = path.replace(/^.*\//, '').replace(/\.[cS]$/, '.o')
      const message = `what compiles it was not found: no Makefile from ${folderOf(path) || 'the top'} upwards has ${object}, and no .c file in these folders includes it`
      report({ rule: 'config-unread', message, kfunc: null, place: { path, line: 1, column: 1 } })
    }
    return gates
  }

  return {
    ofFile(path) {
      const gates = files.get(path) ?? ofNewFile(path)
      files.set(path, gates)
      return gates
    },
  }
}

async function readMakefile(tree: KernelTree, path: string): Promise<Makefile | null> {
  const source = await tree.read(path)
  if (!source) return null
  const rules = parseMakefile(source.text)
  const isTop = path === 'Makefile' || (path.endsWith('/Makefile') && isArchitecture(folderOf(path)))
  if (!isTop) return { path, rules, lists: LISTS }
  // what is not about symbols is in these about how make was called
  return { path, rules: rules.map((rule) => ({ ...rule, when: symbolsOnly(rule.when) })), lists: TOP_LISTS }
}

const symbolsOnly = (ways: Ways): Ways => anyOf(ways.map((way) => ({ ...way, other: [] })))
