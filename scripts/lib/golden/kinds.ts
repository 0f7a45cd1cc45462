/** The kinds of published files. Each has a list of its own in tests/golden, so that a change is told kind by kind. */

const RELEASE = String.raw`\d+\.\d+`

/** A kind's name, which is also its list's file name, and the paths that belong to it. The first that fits counts. */
const KINDS: readonly (readonly [kind: string, paths: RegExp])[] = [
  ['changes', path(`${RELEASE}/changes/index.html`)],
  ['coverage', path(`${RELEASE}/coverage/index.html`)],
  ['grids', path(`${RELEASE}/grid/index.html`)],
  ['release-pages', path(`${RELEASE}/index.html`)],
  ['program-type-pages', path(`${RELEASE}/program-types/(?:[^/]+/)?index.html`)],
  ['flag-pages', path(`${RELEASE}/flags/(?:[^/]+/)?index.html`)],
  ['kfunc-pages', path(`${RELEASE}/[^/]+/index.html`)],
  ['headers', path(`${RELEASE}/kfuncs.h`)],
  ['stable-pages', path('kfuncs/[^/]+/index.html')],
  ['text-pages', path('(?:arguments|concepts|flags|guides|program-types|suffixes)/[^/]+/index.html')],
  [
    'other-pages',
    path('404.html|(?:(?:about|compare|implicit-arguments|kfuncs|learn|query|search)/)?index.html'),
  ],
  ['release-data', path(`data/${RELEASE}.json`)],
  ['source-files', path(`data/${RELEASE}.files.txt`)],
  ['kfunc-data', path('data/kfuncs/[^/]+.json')],
  ['other-data', path('data/(?:index|matrix|schema).json')],
  ['api-texts', path(`api/v${RELEASE}.txt`)],
  ['search-index', path('search-index.json')],
  ['styles', path('_astro/[^/]+.css')],
  ['scripts', path('_astro/[^/]+.js')],
  ['icon', path('icon.svg')],
]

/** What is there only where the site is built for an address, and is not pinned. */
const FOR_AN_ADDRESS = path('sitemap.xml|robots.txt|opensearch.xml|og/[^/]+.png')

/** The names of all kinds. */
export const KIND_NAMES: readonly string[] = KINDS.map(([kind]) => kind)

/** The kind of a published file; null where no kind has that path. */
export function kindOf(path: string): string | null {
  return KINDS.find(([, paths]) => paths.test(path))?.[0] ?? null
}

/** True for a file that only a site has that is built for an address. */
export const isForAnAddress = (path: string): boolean => FOR_AN_ADDRESS.test(path)

/** Paths that are as written from end to end; a dot before an ending is a dot. */
function path(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern.replace(/\.(html|json|txt|css|js|svg|xml|png|h)/g, '\\.$1')})$`)
}
