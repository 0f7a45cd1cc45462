/** Who may import whom: the border between what thinks and what does I/O is the border between folders. */
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'

/** A layer is a folder or file; each may import itself and what stands beside it, and nothing else. */
const LAYERS: readonly [layer: string, may: readonly string[]][] = [
  // readers: bytes and text in, values out; none knows of kfuncs
  ['src/lib/text', []],
  ['src/lib/binary', []],
  ['src/lib/c', ['src/lib/text']],
  ['src/lib/elf', ['src/lib/binary']],
  ['src/lib/btf', ['src/lib/binary']],
  // what a kernel tree is asked; the trees themselves are in scripts
  ['src/lib/kernel-tree.ts', ['src/lib/text']],
  // how a kernel's build files decide what is built
  ['src/lib/kbuild', ['src/lib/text', 'src/lib/c', 'src/lib/model', 'src/lib/kernel-tree.ts']],
  // the kernel's own programs, cut into examples
  ['src/lib/examples', ['src/lib/text', 'src/lib/c', 'src/lib/model', 'src/lib/kernel-tree.ts']],
  // what texts refer to, looked up in a tree
  ['src/lib/places', ['src/lib/text', 'src/lib/c', 'src/lib/model', 'src/lib/kernel-tree.ts']],
  // hand-written texts: Markdown in, links and HTML out
  ['src/lib/prose', ['src/lib/text', 'src/lib/model', 'npm:']],
  // the shape of the data knows no reader
  ['src/lib/model', ['src/lib/text', 'npm:zod']],
  [
    'src/lib/kfunc',
    ['src/lib/text', 'src/lib/c', 'src/lib/btf', 'src/lib/kbuild', 'src/lib/model', 'src/lib/kernel-tree.ts'],
  ],
  // stored facts in, published facts out; each floor rests on those above it in this list
  ['src/lib/publish/support', ['src/lib/kfunc', 'src/lib/model']],
  ['src/lib/publish/rules', ['src/lib/model']],
  ['src/lib/publish/arguments', ['src/lib/model', 'src/lib/publish/rules']],
  ['src/lib/publish/history', ['src/lib/model', 'src/lib/publish/arguments', 'src/lib/publish/support']],
  ['src/lib/publish/relations', ['src/lib/model', 'src/lib/publish/arguments', 'src/lib/publish/history']],
  [
    'src/lib/publish/usage',
    [
      'src/lib/kfunc',
      'src/lib/model',
      'src/lib/publish/rules',
      'src/lib/publish/arguments',
      'src/lib/publish/relations',
      'src/lib/text/commas.ts',
    ],
  ],
  [
    'src/lib/publish',
    [
      'src/lib/kfunc',
      'src/lib/model',
      'src/lib/publish/support',
      'src/lib/publish/rules',
      'src/lib/publish/arguments',
      'src/lib/publish/history',
      'src/lib/publish/relations',
      'src/lib/publish/usage',
    ],
  ],
  // what pages show: made of published data; each floor rests on those above it in this list
  ['src/lib/site/links', ['src/lib/model']],
  [
    'src/lib/site/render',
    ['src/lib/model', 'src/lib/prose', 'src/lib/publish', 'src/lib/site/links', 'src/lib/text', 'npm:'],
  ],
  [
    'src/lib/site',
    [
      'src/lib/model',
      'src/lib/publish',
      'src/lib/prose',
      'src/lib/site/links',
      'src/lib/site/render',
      'src/lib/text/source.ts',
      'npm:',
    ],
  ],
  ['src/lib/site/pictures', ['src/lib/model', 'src/lib/publish', 'src/lib/site/render', 'src/lib/site']],
  [
    'src/lib/site/kfunc',
    [
      'src/lib/model',
      'src/lib/publish',
      'src/lib/site/links',
      'src/lib/site/render',
      'src/lib/site',
      'src/lib/site/pictures',
    ],
  ],
  [
    'src/lib/site/release',
    [
      'src/lib/model',
      'src/lib/publish',
      'src/lib/site/links',
      'src/lib/site/render',
      'src/lib/site',
      'src/lib/site/pictures',
      'src/lib/site/kfunc',
    ],
  ],
  ['src/lib/site/changes', ['src/lib/model', 'src/lib/publish', 'src/lib/site/render', 'src/lib/site']],
  [
    'src/lib/site/pages',
    [
      'src/lib/model',
      'src/lib/publish',
      'src/lib/prose',
      'src/lib/site/links',
      'src/lib/site',
      'src/lib/site/kfunc',
      'src/lib/site/release',
    ],
  ],
  [
    'src/lib/site/query',
    [
      'src/lib/model',
      'src/lib/publish',
      'src/lib/site/links',
      'src/lib/site/render',
      'src/lib/site/kfunc',
      'src/lib/text/commas.ts',
    ],
  ],
  ['src/lib/site/search', ['src/lib/model', 'src/lib/prose', 'src/lib/site/links', 'src/lib/site']],
  [
    'src/lib/site/files',
    [
      'src/lib/model',
      'src/lib/publish',
      'src/lib/site/links',
      'src/lib/site/render',
      'src/lib/site',
      'src/lib/site/kfunc',
      'npm:zod',
    ],
  ],
  // the only modules that read content from disk, and that give it to the pages
  [
    'src/content-fs.ts',
    ['src/lib/publish', 'src/lib/prose', 'src/lib/model', 'src/lib/text', 'node:', 'npm:zod'],
  ],
  // the only module that draws and keeps pictures
  ['src/picture-fs.ts', ['src/cache-folder.mjs', 'node:', 'npm:@resvg/resvg-js']],
  // what pages ask, and who answers: the thread of a build, or whoever asks while developing
  [
    'src/ask',
    [
      'src/content-fs.ts',
      'src/site-address.mjs',
      'src/cache-folder.mjs',
      'src/lib/site',
      'src/components',
      'node:',
      'npm:esbuild',
      'npm:astro',
    ],
  ],
  ['src/site-address.mjs', []],
  // where a build keeps what the next one can use
  ['src/cache-folder.mjs', ['node:']],
  ['src/layouts/releases.ts', ['src/ask']],
  // the view
  ['src/styles', []],
  // what runs in a browser
  ['src/browser', ['src/lib/site', 'src/lib/model']],
  ['src/components', ['src/lib/site', 'src/lib/model', 'src/browser', 'src/styles', 'npm:astro']],
  [
    'src/layouts',
    [
      'src/lib/site',
      'src/lib/model',
      'src/components',
      'src/layouts/releases.ts',
      'src/browser',
      'src/styles',
      'npm:astro',
    ],
  ],
  [
    'src/pages',
    [
      'src/ask',
      'src/picture-fs.ts',
      'src/lib/site',
      'src/lib/model',
      'src/components',
      'src/layouts',
      'src/browser',
      'src/styles',
      'npm:astro',
    ],
  ],
  // programs: they open things and call the library
  ['scripts', ['src/lib', 'src/ask', 'src/content-fs.ts', 'src/cache-folder.mjs', 'node:', 'npm:']],
]

const ROOT = join(import.meta.dirname, '..')
const ALIASES: readonly [alias: string, path: string][] = [
  ['#lib/', 'src/lib/'],
  ['#scripts/', 'scripts/'],
  ['#content-fs', 'src/content-fs.ts'],
  ['#ask', 'src/ask/ask-here.ts'],
]
const IMPORT = /\b(?:import|export)\b[^'"`]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g

/** What a text imports, as written. */
const importsIn = (text: string): string[] =>
  [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '')

/** What an import of `file` means: a path in this repository, "node:fs", or "npm:zod". */
function targetOf(file: string, written: string): string {
  if (written.startsWith('.')) return posix.join(posix.dirname(file), written)
  const alias = ALIASES.find(([prefix]) => written.startsWith(prefix))
  if (alias) return alias[1] + written.slice(alias[0].length)
  if (written.startsWith('node:') || builtinModules.includes(written))
    return `node:${written.replace('node:', '')}`
  return `npm:${written}`
}

const isWithin = (path: string, layer: string): boolean =>
  path === layer || path.startsWith(layer.endsWith(':') ? layer : `${layer}/`)

/** The layer of a file: of several the longest, since a file may be one by itself. */
const layerOf = (file: string): string | undefined =>
  LAYERS.map(([layer]) => layer)
    .filter((layer) => isWithin(file, layer))
    .sort((a, b) => b.length - a.length)[0]

const files = ['src', 'scripts'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs|js|astro)$/.test(name))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/'))),
)

/** Whether a layer may import a target. A folder around a layer means the files that lie in that folder itself. */
const mayReach = (layer: string, may: readonly string[], target: string): boolean =>
  may.some((allowed) =>
    layer.startsWith(`${allowed}/`) ? layerOf(target) === allowed : isWithin(target, allowed),
  )

test.each(LAYERS)('%s imports only itself and %j', (layer, may) => {
  const wrong = files
    .filter((file) => layerOf(file) === layer)
    .flatMap((file) => {
      const targets = importsIn(readFileSync(join(ROOT, file), 'utf8')).map((one) => targetOf(file, one))
      return targets
        .filter((target) => layerOf(target) !== layer && !mayReach(layer, may, target))
        .map((target) => `${file} imports ${target}`)
    })
  expect(wrong).toEqual([])
})

test('every file belongs to a layer', () => {
  expect(files.filter((file) => !layerOf(file))).toEqual([])
  expect(files.length).toBeGreaterThan(50)
})

test('no file imports itself, by whatever way', () => {
  const imports = new Map(
    files.map((file) => [
      file,
      importsIn(readFileSync(join(ROOT, file), 'utf8')).map((one) => targetOf(file, one)),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
    if (done.has(file) || way.includes(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...way, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

/** The most files that lie in one folder: past that, a newcomer no longer finds the one that is looked for. */
const MOST_FILES = 25

test('no folder is a hall', () => {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(posix.dirname(file), (counts.get(posix.dirname(file)) ?? 0) + 1)
  expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([])
})

describe('an import is found', () => {
  const cases: [what: string, text: string, expected: string[]][] = [
    ['of names', "import { a } from './a.ts'", ['src/lib/c/a.ts']],
    [
      'of types, over several lines',
      "import type {\n  A,\n  B,\n} from '#lib/text/a.ts'",
      ['src/lib/text/a.ts'],
    ],
    ['for its effect', "import '../x.css'", ['src/lib/x.css']],
    ['at run time', "const a = await import('node:fs')", ['node:fs']],
    ['of a built-in module by its short name', "import fs from 'fs'", ['node:fs']],
    ['of a package', 'import { z } from "zod"', ['npm:zod']],
    ['that is passed on', "export { a } from '#content-fs'", ['src/content-fs.ts']],
    [
      'one after another',
      "import a from './a.ts'\nimport b from './b.ts'",
      ['src/lib/c/a.ts', 'src/lib/c/b.ts'],
    ],
    ['but no string that is exported', "export const from = 'x'", []],
  ]
  test.each(cases)('%s', (_, text, expected) => {
    expect(importsIn(text).map((one) => targetOf('src/lib/c/scan.ts', one))).toEqual(expected)
  })
})
